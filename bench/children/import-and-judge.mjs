// Imports runs of AgentDojo and judges each by what its record and the rules tell, in one process.
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
  const key = JSON.stringify(expect);
  const known = judges.get(key) ?? prepareJudge(expect);
  if (judges.size < 1000) judges.set(key, known);
  const { status } = await (await known)(item.trajectory);
  counts[status] = (counts[status] ?? 0) + 1;
}
console.log(JSON.stringify(counts));
