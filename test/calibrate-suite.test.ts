import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

let folder: string;
let server: Server | null;
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
  server = null;
});
afterEach(async () => {
  await stop();
  remove(folder);
});

const answers = ['pass', 'pass', 'fail', 'pass', 'fail', 'satisfied'];
const truth = ['pass', 'fail', 'fail', 'pass', 'fail', 'pass'];
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const run = (...args: string[]) => runAgentops(args, folder);

/** Starts a model that gives the answer of the task whose number is the reference. */
async function start(): Promise<void> {
  const model = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const question = String(JSON.parse(body).messages.at(-1).content);
    const nonce = /\{"nonce": "([^"]+)"/.exec(question)?.[1];
    const answer = answers[Number(/^task (\d)$/m.exec(question)?.[1])];
    const content = JSON.stringify({ nonce, reason: `It is ${answer}`, steps: [], answer });
    const message = { role: 'assistant', content };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: 'stop', message }] }));
  });
  server = model;
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  const address = model.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  write('agentops.config.yaml', `models: { "*": { base_url: "http://127.0.0.1:${port}/v1" } }\n`);
}

async function stop(): Promise<void> {
  const running = server;
  server = null;
  if (!running) return;
  running.closeAllConnections();
  await new Promise((resolve) => running.close(resolve));
}

/** Writes a suite of six recorded tasks whose judge may need calibration, and labels beside it. */
function writeSuite(kappa: number | null, rubric = 'Was it solved?'): void {
  const tasks = answers.map((_, at) => {
    const expected = `{ judge: { solved: { reference: "task ${at}" } } }`;
    return `  - { id: t${at}, expect: ${expected} }\n`;
  });
  const calibration =
    kappa === null ? '' : `, calibration: { labels: ./shop.labels.jsonl, kappa: ${kappa} }`;
  const head = `suite: shop\nagents: { bot: { replay: ./shop.trajectories.jsonl } }\n`;
  const judges = `judges: { solved: { model: m, rubric: "${rubric}"${calibration} } }\n`;
  write('shop.suite.yaml', `${head}${judges}tasks:\n${tasks.join('')}`);
  const names = (at: number) => ({ schema_version: 1, task: `t${at}`, agent: 'bot', trial: 1 });
  const steps = [{ type: 'message', role: 'assistant', content: 'Done.' }];
  const lines = (of: (at: number) => object) =>
    answers.map((_, at) => `${JSON.stringify({ ...names(at), ...of(at) })}\n`).join('');
  write(
    'shop.trajectories.jsonl',
    lines(() => ({ steps, stop: 'completed' })),
  );
  write(
    'shop.labels.jsonl',
    lines((at) => ({ label: truth[at] })),
  );
}

it('calibrate of a suite asks its judge live, then answers the same from the recording', async () => {
  writeSuite(null);
  await start();
  const live = await run('calibrate', 'shop.suite.yaml', '--judge', 'live', '--json');
  expect(live.stderr).toBe('');
  expect(live.code).toBe(0);
  const { judges } = JSON.parse(live.stdout);
  expect(judges[0].entry).toMatchObject({
    ...{ judge: 'solved', items: 5, errors: 1, labels: '' },
    matrix: { true_positive: 2, false_positive: 1, false_negative: 0, true_negative: 2 },
  });
  expect(judges[0].wrong[0].reason).toContain('"satisfied"');
  await stop();
  const recorded = await run('calibrate', 'shop.suite.yaml', '--json');
  expect(JSON.parse(recorded.stdout).judges[0].entry).toEqual(judges[0].entry);
  const record = JSON.parse(readFileSync(path.join(folder, 'shop.calibration.json'), 'utf8'));
  expect(record.judges[0]).toEqual({ ...judges[0].entry, labels: 'shop.labels.jsonl' });
});

it('a judge that needs calibration gates only with it, and as long as nothing changed', async () => {
  writeSuite(0.5);
  await start();
  const before = await run('eval', 'shop.suite.yaml', '--judge', 'live');
  expect(before.code).toBe(3);
  expect(before.stdout).toContain('Withheld, it was not calibrated against people');
  expect((await run('calibrate', 'latest')).code).toBe(0);
  const after = await run('eval', 'shop.suite.yaml');
  expect(after.stdout).not.toContain('Withheld');
  expect(after.code).toBe(1);
  writeSuite(0.9);
  expect((await run('calibrate', 'shop.suite.yaml')).code).toBe(1);
  expect((await run('eval', 'shop.suite.yaml')).stdout).toContain('expected 0.9 or more');
  writeSuite(0.5, 'Was it solved in time?');
  const drifted = await run('eval', 'shop.suite.yaml', '--judge', 'live');
  expect(drifted.stdout).toContain('Withheld, its rubric changed since it was calibrated');
  expect(drifted.code).toBe(3);
});
