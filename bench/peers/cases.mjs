import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A program that judges the same cases, and how many times as fast `agentops` must be, by the number of cases.
 * @typedef {{ name: string, program: import('../measure.mjs').Program, bounds: ReadonlyMap<number, number> }} PeerCases
 */

// A harness that gives a normalized run is the fastest that vitest-evals knows
const test = `import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { describeEval, ToolCallJudge } from 'vitest-evals';

const linesOf = (file) => readFileSync(file, 'utf8').trimEnd().split('\\n').map((line) => JSON.parse(line));
const recorded = new Map(linesOf('TRAJECTORIES').map((one) => [one.task, one]));

const eventOf = (step) => {
  if (step.type === 'message') return step;
  if (step.type === 'tool_call') return { type: 'tool_call', id: step.id, name: step.tool, arguments: step.args };
  return { type: 'tool_result', toolCallId: step.id, content: step.result };
};
const harness = {
  name: 'recorded',
  run: async (input) => {
    const { steps } = recorded.get(input);
    return { output: steps.at(-1).content, session: { events: steps.map(eventOf) }, usage: {}, errors: [] };
  },
};
const cases = linesOf('TASKS').map(({ id, expect: { calls } }) => ({
  id,
  expectedTools: calls.in_order.map((one) => ({ name: Object.keys(one)[0], arguments: Object.values(one)[0] })),
}));
const judge = ToolCallJudge({ ordered: true, params: 'strict' });

describeEval('cases', { harness }, (it) => {
  it.for(cases)('$id', async ({ id, expectedTools }, { run }) => {
    await expect(await run(id)).toSatisfyJudge(judge, { expectedTools });
  });
});
`;

/**
 * Programs that judge the cases of a folder, each prepared to be run.
 * @param {import('./install.mjs').Peers} peers
 * @param {string} folder
 * @param {number} count
 * @returns {PeerCases[]}
 */
export function peerCases(peers, folder, count) {
  return [vitestEvals(peers, folder, count)];
}

/**
 * @param {import('./install.mjs').Peers} peers
 * @param {string} folder
 * @param {number} count
 * @returns {PeerCases}
 */
function vitestEvals(peers, folder, count) {
  const cwd = path.join(peers.folder, `vitest-evals-${count}`);
  mkdirSync(cwd, { recursive: true });
  const text = test
    .replace("'TRAJECTORIES'", JSON.stringify(path.join(folder, 'cases.trajectories.jsonl')))
    .replace("'TASKS'", JSON.stringify(path.join(folder, 'tasks.jsonl')));
  writeFileSync(path.join(cwd, 'cases.test.mjs'), text);
  const vitest = path.join(peers.folder, 'node_modules/vitest/vitest.mjs');
  return {
    name: 'vitest-evals',
    bounds: new Map([
      [100, 2],
      [10_000, 1.4],
    ]),
    program: {
      name: `vitest-evals, ${count} cases`,
      args: [vitest, 'run', '--root', cwd, '--reporter', 'dot'],
      cwd,
      check: (stdout) => {
        if (!new RegExp(`Tests\\s+${count} passed \\(${count}\\)`).test(stdout)) {
          throw new Error(`Cannot measure vitest-evals: it did not pass ${count} cases\n${stdout}`);
        }
      },
    },
  };
}
