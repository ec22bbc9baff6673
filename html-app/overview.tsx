import type { PageRun } from '../src/report/html/payload.ts';
import { leftOutWords } from './absent.tsx';
import { ChangeSummary } from './change-summary.tsx';
import { CostPlot } from './cost-plot.tsx';
import { GateCard } from './gate-card.tsx';
import { Heading } from './heading.tsx';
import { HeatMap } from './heat-map.tsx';
import { HistoryPlot } from './history-plot.tsx';
import { JudgeTable } from './judge-table.tsx';
import type { Page } from './page.ts';
import { QuarantineTable } from './quarantine-table.tsx';
import { RateTable } from './rate-table.tsx';
import type { Route } from './route.ts';
import { RunFacts } from './run-facts.tsx';
import { SafetyTable } from './safety-table.tsx';
import { shown } from './shown.ts';
import { TotalsCards } from './totals-cards.tsx';

/** The front page: the gate's answer, the figures, and pictures of them. */
export function Overview({ page, route }: { readonly page: Page; readonly route: Route }) {
  const { run, comparison, title } = page.report;
  return (
    <>
      <Heading>
        <bdi>{shown(title)}</bdi>
      </Heading>
      {run && <GateCard title="Gate" status={run.gate.status} reasons={run.gate.reasons} />}
      {comparison && <ChangeSummary page={page} route={route} comparison={comparison} />}
      {run && <RunOverview page={page} route={route} run={run} />}
    </>
  );
}

function RunOverview(props: { readonly page: Page; readonly route: Route; readonly run: PageRun }) {
  const { page, route, run } = props;
  return (
    <>
      <TotalsCards run={run} page={page} route={route} />
      <RateTable rates={run.rates} route={route} />
      <HeatMap page={page} route={route} />
      <QuarantineTable page={page} route={route} />
      <SafetyTable safety={run.safety} />
      <CostPlot page={page} route={route} />
      <JudgeTable judges={run.judges} />
      <HistoryPlot history={run.history} />
      <RunFacts facts={run.facts} />
      {run.left_out && (
        <p class="callout">The steps of some trials are left out: {leftOutWords(run.left_out)}.</p>
      )}
    </>
  );
}
