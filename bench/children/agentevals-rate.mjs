// Matches the same ten-step trajectories as judge-rate.mjs with agentevals, in its strict mode, and prints how many a second.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { median } from '../measure.mjs';
import { caseOf } from '../ten-steps.mjs';

const DISTINCT = 500;
const SECONDS = 2;

const [folder = ''] = process.argv.slice(2);
const installed = createRequire(`${folder}/package.json`).resolve('agentevals');
const { createTrajectoryMatchEvaluator } = await import(pathToFileURL(installed).href);
const match = createTrajectoryMatchEvaluator({ trajectoryMatchMode: 'strict' });

/** @param {string} prefix of the ids */
function messagesOf(prefix) {
  const { input, calls, answer } = caseOf(0);
  const steps = calls.flatMap(({ tool, args, result }, at) => {
    const id = `${prefix}_${at}`;
    const call = {
      id,
      type: 'function',
      function: { name: tool, arguments: JSON.stringify(args) },
    };
    return [
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', tool_call_id: id, content: JSON.stringify(result) },
    ];
  });
  return [{ role: 'user', content: input }, ...steps, { role: 'assistant', content: answer }];
}

const wanted = messagesOf('call');
const trajectories = Array.from({ length: DISTINCT }, (_, at) => messagesOf(`call_${at}`));

/** Matches all of them once; gives how many a second. */
async function pass() {
  const started = performance.now();
  for (const outputs of trajectories) {
    const { score } = await match({ outputs, referenceOutputs: wanted });
    if (score !== true) throw new Error(`Cannot measure agentevals: score ${score}, wanted true`);
  }
  return (DISTINCT * 1000) / (performance.now() - started);
}

const end = performance.now() + SECONDS * 1000;
await pass();
await pass();
const rates = [];
while (performance.now() < end || rates.length < 5) rates.push(await pass());
console.log(JSON.stringify({ rate: median(rates), fastest: Math.max(...rates) }));
