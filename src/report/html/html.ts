import type { RunSummary } from '../../model/run.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import { counted, countText, moneyText, percentage } from '../figures.ts';
import { gateWords } from '../gate-words.ts';
import type { ReportedRun } from '../reporter.ts';
import { rowsOfTrials } from '../rows.ts';
import { summaryOf } from '../run-summary.ts';
import { EMBEDDED_BYTES, type Embedding, measureTrials } from './embedding.ts';
import { block, listBlock } from './inert.ts';
import { listedTrial, trialDetail } from './listed-trial.ts';
import { type PageAssets, readPageAssets } from './page-assets.ts';
import { changedTrials, changesBlock, pairBlocks } from './page-changes.ts';
import { PAGE_END, type PlainWords, pageScript, pageStart } from './page-frame.ts';
import { pageRow, pageRun } from './page-run.ts';
import { BLOCKS, type PageReport } from './payload.ts';

/** Yields the page of a run in pieces; it reads the trials twice and holds one. */
export async function* htmlPage(
  run: ReportedRun,
  assets: () => Promise<PageAssets> = readPageAssets,
  budget = EMBEDDED_BYTES,
): AsyncIterable<string> {
  const [summary, parts] = [await summaryOf(run), await assets()];
  const { comparison } = run;
  yield pageStart(plainWords(summary), parts);
  yield* listBlock(BLOCKS.rows, summary.rows.entries(), ([index, row]) =>
    pageRow(row, run.plan.rows[index]),
  );
  const changed = changedTrials(comparison);
  // Trials of the baseline must find room beside those of the run
  const share = comparison ? Math.floor(budget * 0.7) : budget;
  const measured = measureTrials(share, ({ id, status }) => status !== 'pass' || changed.has(id));
  const rowOf = rowsOfTrials(run);
  yield* listBlock(BLOCKS.trials, run.trials(), (result) => {
    measured.add(result);
    return listedTrial(result, rowOf.get(result.id) ?? -1);
  });
  const embedding = measured.embedding();
  if (comparison) yield* changesBlock(comparison);
  yield block(BLOCKS.report, pageReport(run, summary, embedding));
  yield pageScript(parts);
  yield* detailBlocks(run, embedding);
  if (comparison) yield* pairBlocks(comparison, budget - embedding.bytes, (id) => rowOf.has(id));
  yield PAGE_END;
}

function pageReport(run: ReportedRun, summary: RunSummary, { left_out }: Embedding): PageReport {
  const { comparison } = run;
  return {
    title: titleOf(summary),
    run: pageRun(run, summary, left_out),
    comparison: comparison
      ? { diff: comparison.diff.summary, gate: comparison.gate }
      : (summary.comparison ?? null),
  };
}

async function* detailBlocks(run: ReportedRun, embedding: Embedding): AsyncIterable<string> {
  let index = 0;
  for await (const result of run.trials()) {
    const id = `${BLOCKS.trial}${index++}`;
    if (embedding.has(result)) yield block(id, await detailOf(run, result));
  }
}

async function detailOf(run: ReportedRun, result: TrialResult) {
  return trialDetail(result, await run.trajectory(result));
}

function titleOf({ id, rows }: RunSummary): string {
  const suites = new Set(rows.map(({ suite }) => suite));
  const [only] = suites;
  return suites.size === 1 && only !== undefined ? `${only}, run ${id}` : `Run ${id}`;
}

function plainWords(summary: RunSummary): PlainWords {
  const { totals, gate } = summary;
  const tally = [
    `${countText(totals.pass)} passed`,
    `${countText(totals.fail)} failed`,
    `${countText(totals.error)} in error`,
    `${countText(totals.skip)} skipped`,
  ];
  const facts = [`${counted(totals.planned, 'trial')}: ${tally.join(', ')}.`];
  if (totals.pass_rate !== null) facts.push(`Pass rate ${percentage(totals.pass_rate, '')}.`);
  if (totals.cost_usd !== null) facts.push(`Cost ${moneyText(totals.cost_usd)}.`);
  const { status, reasons } = gate;
  return { title: titleOf(summary), gate: gateWords[status], reasons, facts };
}
