import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { createRun } from '../store/create-run.ts';
import { openStoredRun } from '../store/stored-run.ts';
import { parseYaml } from '../suite/parse-yaml.ts';
import { policySchema } from '../suite/policy-keys.ts';
import { makeSource } from '../suite/source.ts';
import { yamlValue } from '../suite/yaml-value.ts';
import { createInk } from './ink.ts';
import { narrowerPolicyYaml } from './narrower-policy-yaml.ts';
import { permissionJson } from './permission-json.ts';
import { permissionLines } from './permission-lines.ts';
import { runPermissions } from './run-permissions.ts';

let base = '';
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'permissions-'));
});

type Trial = Partial<Pick<TrialResult, 'attack' | 'agent' | 'status'>> & { calls: Call[] };
type Call = readonly [tool: string, args: unknown, actor?: string];

/** Permissions of a run with those trials, as it is read from its folder. */
async function permissionsOf(trials: readonly Trial[], suite: Partial<Plan['suites'][number]>) {
  const whole = trials.map(({ calls: _, ...trial }, at) => ({
    ...{ id: `t${at}`, suite: 'shop', task: 'refund', agent: 'recorded', attack: null },
    ...{ trial: at + 1, status: 'pass' as const, score: 1, stop: 'completed' as const },
    ...{ turns: 1, tool_calls: 1, input_tokens: null, output_tokens: null },
    ...{ cost_usd: null, duration_ms: null, verdicts: [] },
    ...trial,
  }));
  const rows = whole.map(({ id, suite, task, agent, attack }) => ({
    ...{ suite, task, agent, attack, tags: [], pass: 'all' as const, trials: 1, trial_ids: [id] },
  }));
  const head = { suite: 'shop', file: 'shop.suite.yaml', digest: 'ab', gate: null, ...suite };
  const writer = await createRun({
    base,
    plan: {
      ...{ schema_version: 1, started_at: '2026-11-22T17:00:00.000Z', agentops_version: '0.1.0' },
      ...{ labels: {}, git: { commit: null, branch: null, dirty: null }, seed: 1, argv: [] },
      ...{ suites: [head], plan_digest: 'cd', rows },
    },
    now: () => 0,
    random: () => 0,
  });
  for (const [at, result] of whole.entries()) {
    writer.append(result, JSON.stringify(trajectoryOf(trials[at]?.calls ?? [])));
  }
  await writer.close();
  return runPermissions(await openStoredRun(writer.dir));
}

function trajectoryOf(calls: readonly Call[]): Trajectory {
  const steps = calls.flatMap(([tool, args, actor]) => [
    { type: 'tool_call' as const, tool, args, ...(actor !== undefined && { actor }) },
    { type: 'tool_result' as const, result: 1 },
  ]);
  return {
    schema_version: 1,
    task: 'refund',
    agent: 'recorded',
    trial: 1,
    steps,
    stop: 'completed',
  };
}

/** The policy in a text as suites read it, which must be without a fault. */
function readBack(yaml: string): unknown {
  const { document, problems } = parseYaml(yaml);
  expect(problems).toEqual([]);
  if (!document) throw new Error('no document');
  const source = makeSource('p.yaml', yaml, () => ({ start: 0, end: 0 }));
  const { value, faults } = yamlValue(document, source);
  expect(faults.map(({ message }) => message)).toEqual([]);
  const { policy } = value as { policy: unknown };
  expect(policySchema.safeParse(policy).error).toBe(undefined);
  return policy;
}

const tools = { get_order: {}, refund_order: {}, send_email: {} };
const plain = await createInk({ colour: false, width: null, ascii: false });

describe('runPermissions()', () => {
  it('holds uses against the grants that the run keeps, and passes over skipped trials', async () => {
    const [one] = await permissionsOf(
      [
        {
          calls: [
            ['get_order', { id: '1' }],
            ['refund_order', { amount: 5 }],
          ],
        },
        { attack: 'steal', calls: [['send_email', { to: 'x' }]] },
        { status: 'skip', calls: [['send_email', { to: 'y' }]] },
      ],
      { tools, policy: { tools: ['*'], deny: ['send_email'] } },
    );
    expect(one).toMatchObject({ trials: 2, attacked: 1, grants_known: true });
    expect(one?.actors[0]).toMatchObject({
      granted: Object.keys(tools),
      by: 'policy.tools',
      unused: ['send_email'],
      only_under_attack: ['send_email'],
    });
    const text = permissionLines(one as NonNullable<typeof one>, plain).join('\n');
    expect(text).toContain('send_email  used only under attack: 1 call: 1 ok');
    expect(text).not.toContain('never used');
    expect(text).toContain('No actor named · granted by policy.tools: 3 tools');
    expect(readBack(narrowerPolicyYaml((one as NonNullable<typeof one>).proposal))).toEqual({
      tools: ['get_order', 'refund_order'],
      deny: ['send_email'],
    });
  });

  it('keeps agents apart, and lists what was used where the run is older and tells no grants', async () => {
    const found = await permissionsOf(
      [{ calls: [['a', {}]] }, { agent: 'other', calls: [['b', {}]] }],
      {},
    );
    expect(found.map(({ agent, grants_known }) => [agent, grants_known])).toEqual([
      ['recorded', false],
      ['other', false],
    ]);
    expect(found.map(({ proposal }) => proposal.policy)).toEqual([
      { tools: ['a'] },
      { tools: ['b'] },
    ]);
    const [first] = found;
    const text = permissionLines(first as NonNullable<typeof first>, plain).join('\n');
    expect(text).toContain('What was granted is not known');
    expect(text).toContain('granted: not known');
  });

  it('says that anything is granted where a suite names neither tools nor a policy', async () => {
    const [one] = await permissionsOf([{ calls: [['a', {}]] }], { tools: null, policy: null });
    const text = permissionLines(one as NonNullable<typeof one>, plain).join('\n');
    expect(text).toContain('anything granted');
    expect(one?.actors[0]?.ungranted).toEqual([]);
  });

  it('writes hostile names and values as data, in YAML that loads and on a terminal', async () => {
    const names = [
      'a: b #c',
      '- x',
      '"]\u2028',
      '\u202Eevil',
      '{{x}}',
      '__proto__',
      'yes',
      '&a',
      '!t',
    ];
    const evil = 'x\n  deny: []\n\u001b[2J##[command]\r\u2028# y';
    const calls = names.map((name): Call => [name, { [evil]: evil, n: 3 }]);
    const [one] = await permissionsOf([{ calls }], { tools: null, policy: null });
    const found = one as NonNullable<typeof one>;
    const yaml = narrowerPolicyYaml(found.proposal);
    expect(readBack(yaml)).toEqual({ tools: names });
    expect(yaml).not.toMatch(/[^\P{C}\n]|[\u2028]/u);
    const lines = permissionLines(found, plain);
    expect(lines.join('')).not.toMatch(/\p{Cc}|\u202E|\u2028|##\[/u);
    const json = JSON.parse(JSON.stringify(permissionJson('r', [found])));
    expect(json.agents[0].proposed.policy.tools).toEqual(names);
  });

  it('says what an argument was once: its values, or how many and some of them', async () => {
    const calls = [1, 2, 3, 4, 5, 6].map(
      (n): Call => ['a', { n, few: n % 2, text: `x${n}`, one: 7 }],
    );
    const [one] = await permissionsOf([{ calls }], { tools: null, policy: null });
    const lines = permissionLines(one as NonNullable<typeof one>, plain).map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        'n  number, 1 to 6, 6 values',
        'few  number: 1, 0',
        'text  string, 6 values: "x1", "x2", "x3", "x4", "x5", …',
        'one  number: 7',
      ]),
    );
  });

  it('writes what was seen of arguments as remarks only', async () => {
    const calls: Call[] = [
      ['pay', { amount: 5, to: 'ann' }, 'billing'],
      ['pay', { amount: 2, to: 'ben' }, 'billing'],
    ];
    const [one] = await permissionsOf([{ calls }], { tools: { pay: {} }, policy: null });
    const yaml = narrowerPolicyYaml((one as NonNullable<typeof one>).proposal);
    expect(yaml).toBe(
      `
policy:
  actors:
    billing:
      - pay # amount: 2 to 5; to: "ann", "ben"
`.trimStart(),
    );
    expect(readBack(yaml)).toEqual({ actors: { billing: ['pay'] } });
  });
});
