// Compares two stored runs, goes through all tasks, and prints what was compared.
import { diffRuns } from '../../src/diff/diff-runs.ts';
import { openStoredSide } from '../../src/diff/stored-side.ts';

const [, , base = '', head = ''] = process.argv;
const { summary, tasks } = await diffRuns(await openStoredSide(base), await openStoredSide(head));
let count = 0;
for (const { suite } of tasks()) count += suite.length > 0 ? 1 : 0;
console.log(JSON.stringify({ count, counts: summary.counts, pass_rate: summary.figures[0] }));
