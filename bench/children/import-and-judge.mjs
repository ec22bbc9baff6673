// Imports runs of AgentDojo and judges the task and the goal of the attack of each by what its record and the rules tell, in one process.
import { pathToFileURL } from 'node:url';

const [library = '', rules = '', ...files] = process.argv.slice(2);
const { importFiles, prepareJudge } = await import(pathToFileURL(library).href);

/** @type {Map<string, ReturnType<typeof prepareJudge>>} */
const judges = new Map();
/** @type {Record<string, number>} */
const counts = { pass: 0, fail: 0, error: 0, faults: 0 };
let source;
for await (const item of importFiles(files, { from: 'agentdojo' })) {
  if ('fault' in item) {
    counts['faults'] = (counts['faults'] ?? 0) + 1;
    continue;
  }
  source ??= await item.format.suite({ rules });
  const { expect } = source.task(item.trajectory, item.origin);
  await judged(item.trajectory, expect);
  if (item.trajectory.attack) {
    await judged(item.trajectory, source.goal(item.trajectory, item.origin));
  }
}
console.log(JSON.stringify(counts));

/**
 * @param {any} trajectory
 * @param {any} expect
 */
async function judged(trajectory, expect) {
  const key = JSON.stringify(expect);
  const known = judges.get(key) ?? prepareJudge(expect);
  if (judges.size < 1000) judges.set(key, known);
  const { status } = await (await known)(trajectory);
  counts[status] = (counts[status] ?? 0) + 1;
}
