// Judges the same ten-step sequence on many distinct trajectories, and prints how many a second.
import { pathToFileURL } from 'node:url';
import { median } from '../measure.mjs';
import { caseOf, sequenceOf, trajectoryOf } from '../ten-steps.mjs';

const DISTINCT = 500;
const SECONDS = 2;

const [library = '', variant = ''] = process.argv.slice(2);
const { prepareJudge } = await import(pathToFileURL(library).href);

// Each is parsed on its own, as a recorded line is, so that no two share an object or a text
const first = caseOf(0);
const trajectories = Array.from({ length: DISTINCT }, (_, at) => {
  const calls = first.calls.map((call, index) => ({ ...call, id: `call_${at}_${index}` }));
  return JSON.parse(JSON.stringify(trajectoryOf({ ...first, id: `case-${at}`, calls })));
});
const wanted = structuredClone(first);
if (variant === 'fail') Object.assign(wanted.calls[4] ?? {}, { args: { order_id: 'another' } });
const judge = await prepareJudge(sequenceOf(wanted));

/** Judges all of them once; gives how many a second. */
function pass() {
  const started = performance.now();
  for (const trajectory of trajectories) {
    const { status } = judge(trajectory);
    if (status !== variant) throw new Error(`Cannot measure: status ${status}, wanted ${variant}`);
  }
  return (DISTINCT * 1000) / (performance.now() - started);
}

const end = performance.now() + SECONDS * 1000;
pass();
pass();
const rates = [];
while (performance.now() < end || rates.length < 5) rates.push(pass());
console.log(JSON.stringify({ rate: median(rates), fastest: Math.max(...rates) }));
