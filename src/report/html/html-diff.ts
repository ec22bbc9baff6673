import type { HeldDiff } from '../../diff/held-diff.ts';
import type { DiffSummary } from '../../model/diff.ts';
import { COMPARISON_GATE } from '../diff/compared-words.ts';
import type { DiffReporter } from '../diff/diff-reporter.ts';
import { counted, countText } from '../figures.ts';
import { EMBEDDED_BYTES } from './embedding.ts';
import { block } from './inert.ts';
import { type PageAssets, readPageAssets } from './page-assets.ts';
import { changesBlock, pairBlocks } from './page-changes.ts';
import { PAGE_END, type PlainWords, pageScript, pageStart } from './page-frame.ts';
import { BLOCKS, type PageReport } from './payload.ts';

/** For people: one file that a browser opens from disk, with the trials of every change side by side. */
export const htmlDiff: DiffReporter = {
  key: 'html',
  words: 'One page for a browser: every change, both trials side by side',
  report: (reported) => htmlDiffPage(reported),
};

/** Yields the page of a comparison in pieces; it holds one pair of trials. */
export async function* htmlDiffPage(
  reported: HeldDiff,
  assets: () => Promise<PageAssets> = readPageAssets,
  budget = EMBEDDED_BYTES,
): AsyncIterable<string> {
  const parts = await assets();
  const { diff, gate } = reported;
  const report: PageReport = {
    title: titleOf(diff.summary),
    run: null,
    comparison: { diff: diff.summary, gate },
  };
  yield pageStart(plainWords(reported), parts);
  yield* changesBlock(reported);
  yield block(BLOCKS.report, report);
  yield pageScript(parts);
  yield* pairBlocks(reported, budget, () => false);
  yield PAGE_END;
}

function titleOf({ base, head }: DiffSummary): string {
  return `${base.run} compared with ${head.run}`;
}

function plainWords({ diff, gate }: HeldDiff): PlainWords {
  const { counts } = diff.summary;
  const tally = (['regressed', 'missing', 'undecided', 'flaky', 'fixed', 'new', 'same'] as const)
    .map((change) => `${countText(counts[change])} ${change}`)
    .join(', ');
  return {
    title: titleOf(diff.summary),
    gate: COMPARISON_GATE[gate.status].words,
    reasons: gate.reasons,
    facts: [`${counted(counts.compared, 'task')} compared: ${tally}.`],
  };
}
