import type { JudgeFigures } from '../src/model/judge-figures.ts';
import { judgeColumns } from '../src/report/judge-cells.ts';
import { Name } from './name.tsx';
import { Scroll } from './scroll.tsx';

/** What LLM judges came to; not there without any. */
export function JudgeTable({ judges }: { readonly judges: readonly JudgeFigures[] }) {
  if (judges.length === 0) return null;
  const columns = judgeColumns(judges);
  return (
    <section class="card" aria-labelledby="h-judges">
      <h2 id="h-judges">Judges</h2>
      <Scroll labelled="h-judges">
        <table>
          <thead>
            <tr>
              {columns.map(({ head }) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {judges.map((figures) => (
              <tr
                key={JSON.stringify([figures.suite, figures.agent, figures.judge, figures.wanted])}
              >
                {columns.map(({ head, text, isName }) => (
                  <td key={head} class={isName ? '' : 'number'}>
                    <Name text={text(figures, '–')} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
