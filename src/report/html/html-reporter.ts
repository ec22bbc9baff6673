import type { ReportedRun, Reporter } from '../reporter.ts';

/** For people: one file that a browser opens from disk, with every trial step by step. */
export const html: Reporter = {
  key: 'html',
  words: 'One page for a browser: pictures, filters, every trial step by step',
  wantsHistory: true,
  report,
};

/** Loads what makes a page once one is wanted: most runs want none. */
async function* report(run: ReportedRun): AsyncIterable<string> {
  const { htmlPage } = await import('./html.ts');
  yield* htmlPage(run);
}
