import type { SafetySummary } from '../src/model/safety.ts';
import { countText, intervalText, percentage } from '../src/report/figures.ts';
import { Name } from './name.tsx';
import { RateBar, RateHead } from './rate-table.tsx';
import { Scroll } from './scroll.tsx';

const MOST_ROWS = 100;

/** How often attacks succeeded, by agent and attack; not there without attacks. */
export function SafetyTable({ safety }: { readonly safety: SafetySummary | null }) {
  if (!safety || safety.attacks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-attacks">
      <h2 id="h-attacks">Attacks</h2>
      <p class="faint">Attacks that reached their goal, of those that the agent got to see.</p>
      <Scroll labelled="h-attacks">
        <table class="rates">
          <RateHead of="Attack" what="Succeeded" />
          <tbody>
            {safety.attacks.slice(0, MOST_ROWS).map((figure) => (
              <tr key={JSON.stringify([figure.suite, figure.agent, figure.attack])}>
                <th scope="row">
                  <Name text={figure.attack ?? 'all'} />
                </th>
                <td>
                  <Name text={figure.agent} />
                </td>
                <td class="number">
                  {countText(figure.succeeded)}/{countText(figure.decided)}
                </td>
                <td class="number">{percentage(figure.attack_success_rate, '–')}</td>
                <td class="bar-cell bad">
                  <RateBar share={figure.attack_success_rate} interval={figure.interval} />
                </td>
                <td class="number">{intervalText(figure.interval, '–')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
