import { describe, expect, test } from 'vitest';
import { lines, loadText, suiteText } from './project.test-support.ts';

const tools = `tools:
  refund: { input: { type: object, properties: { order: { type: string }, amount: { type: number } } } }
  look: { input: { type: object, properties: { id: { type: string } } } }
  ask_mocked: { mock: [{ result: 1 }] }
`;

/** Faults of a suite whose line 7 begins with these keys. */
const faultsOf = async (more: string) =>
  lines((await loadText(suiteText({ more: tools + more }))).faults);

describe('loadSuites() checks a policy', () => {
  test.each<[string, string[]]>([
    ['tools: [refund, "loo*"], actors: { a: [look] }, actions: { pay: [refund] }', []],
    ['tools: [refnd]', ['7:19 policy.tools.0: Unknown tool "refnd", did you mean "refund"?']],
    [
      'tools: ["x*"]',
      ['7:19 policy.tools.0: No tool is named like "x*", the tools are refund, look, ask_mocked'],
    ],
    [
      'tools: [__proto__]',
      ['7:19 policy.tools.0: Unknown tool "__proto__", the tools are refund, look, ask_mocked'],
    ],
    ['actors: { a: [lok] }', ['7:25 policy.actors.a.0: Unknown tool "lok", did you mean "look"?']],
    ['actors: { "a*": [look] }', ['7:21 policy.actors.a*: * is no wildcard here, name each actor']],
    [
      'actions: { pay: [lok] }',
      ['7:28 policy.actions.pay.0: Unknown tool "lok", did you mean "look"?'],
    ],
    ['deny: [refnd]', ['7:18 policy.deny.0: Unknown tool "refnd", did you mean "refund"?']],
    [
      'deny: [{ refund: { amont: 1 } }]',
      [
        '7:30 policy.deny.0.refund.amont: Unknown argument "amont" of refund, did you mean "amount"?',
      ],
    ],
    [
      'approve: [{ refund: { amount: { $gt: 1 } }, status: ok }]',
      [
        '7:55 policy.approve.0.status: "status" cannot stand here: this is decided before the call runs',
      ],
    ],
    [
      'deny: [{ tool: refund, result: 1, error: {} }]',
      [
        '7:34 policy.deny.0.result: "result" cannot stand here: this is decided before the call runs',
        '7:45 policy.deny.0.error: "error" cannot stand here: this is decided before the call runs',
      ],
    ],
    [
      'deny: [{ tool: status }]',
      ['7:26 policy.deny.0.tool: Unknown tool "status", the tools are refund, look, ask_mocked'],
    ],
    [
      'deny: [{ refund: { amount: { $ref: a } } }]',
      [
        '7:46 policy.deny.0.refund.amount.$ref: Nothing in this expectation captures "a", it has no $as',
      ],
    ],
    [
      'deny: [{ refund: { order: { $as: a }, amount: { $ref: a } } }, { look: { id: { $from: [lok] } } }]',
      ['7:98 policy.deny.1.look.id.$from.0: Unknown tool "lok", did you mean "look"?'],
    ],
    [
      'approval_tool: "ask*"',
      ['7:26 policy.approval_tool: Expected the name of one tool, without *'],
    ],
    [
      'approval_tool: ask_mocked',
      [
        '7:26 policy.approval_tool: ask_mocked has a mock, but approvals answer it: leave its mock out',
      ],
    ],
    [
      'approval_tool: look, deny: [look], approve: [{ look: }], tools: [look]',
      [
        '7:39 policy.deny.0: look is the approval_tool, which is always allowed',
        '7:56 policy.approve.0: look is the approval_tool, which is always allowed',
      ],
    ],
    ['approval_tool: ask_human, tools: [ask_human]', []],
  ])('{ %s }', async (policy, wanted) => {
    expect(await faultsOf(`policy: { ${policy} }\n`)).toEqual(wanted);
  });

  test('in a file of its own', async () => {
    const { faults, suites } = await loadText(suiteText({ more: `${tools}policy: ./p.yaml\n` }), {
      'p.yaml': 'tools: [look]\ndeny: [refnd]\n',
    });
    expect(suites).toEqual([]);
    expect(lines(faults)).toEqual(['2:8 deny.0: Unknown tool "refnd", did you mean "refund"?']);
  });

  test('which, where it has no rule, judges no task', async () => {
    const task = '  - { id: a }\n';
    const without = suiteText({ more: 'policy: { on_violation: observe }\n', tasks: task });
    const faults = lines((await loadText(without)).faults);
    expect(faults.filter((line) => !line.includes('warning'))).toHaveLength(1);
    const ruled = suiteText({ more: 'policy: { tools: [] }\n', tasks: task });
    expect((await loadText(ruled)).faults).toEqual([]);
  });
});

test('loadSuites() takes weights of the verdicts of a policy', async () => {
  const tasks = '  - { id: a, weights: { policy: 2, policy.tools: 3, policy.deny: 4 } }\n';
  const { faults } = await loadText(suiteText({ more: 'policy: { tools: [] }\n', tasks }));
  expect(lines(faults)).toEqual([
    '5:53 tasks.0.weights.policy.deny: Weight of "policy.deny", which no expectation is, did you mean "policy"?',
  ]);
});

describe('loadSuites() tells agents of the approval tool', () => {
  test('where the suite does not declare it', async () => {
    const more = `${tools}policy: { approval_tool: __proto__ }\n`;
    const { suites } = await loadText(suiteText({ more }));
    const all = suites[0]?.tools ?? {};
    expect(Object.keys(all)).toEqual(['refund', 'look', 'ask_mocked', '__proto__']);
    expect(Object.getPrototypeOf(all)).toBeNull();
    const declared = Object.entries(all).find(([name]) => name === '__proto__')?.[1];
    expect(Object.keys(declared?.input?.['properties'] ?? {})).toEqual(['tool', 'args', 'reason']);
    expect(declared?.effect).toBe('read');
  });

  test('as the suite declares it', async () => {
    const more = `${tools}policy: { approval_tool: look }\n`;
    const { suites } = await loadText(suiteText({ more }));
    expect(Object.keys(suites[0]?.tools ?? {})).toEqual(['refund', 'look', 'ask_mocked']);
  });

  test.each([
    ['{}', 'read'],
    ['{ effect: write }', 'write'],
  ])('as one that only asks, unless it is declared to do more: %s', async (tool, effect) => {
    const more = `tools: { ask: ${tool} }\npolicy: { approval_tool: ask }\n`;
    const { suites } = await loadText(suiteText({ more }));
    expect(suites[0]?.tools?.['ask']?.effect).toBe(effect);
  });

  test('not where it declares no tools', async () => {
    const { suites } = await loadText(suiteText({ more: 'policy: { approval_tool: ask }\n' }));
    expect(suites[0]?.tools).toBeNull();
  });
});

describe('loadSuites() checks approvals', () => {
  const policy = 'policy: { approve: [refund], approval_tool: ask }\n';

  test.each<[string, string[]]>([
    [
      '{ refund: { amount: { $lte: 5 } }, decision: approve }, { refund: , decision: deny, reason: No }',
      [],
    ],
    [
      '{ refnd: , decision: deny }',
      ['8:15 approvals.0.refnd: Unknown tool "refnd", did you mean "refund"?'],
    ],
    [
      '{ refund: { amont: 1 }, decision: deny }',
      ['8:25 approvals.0.refund.amont: Unknown argument "amont" of refund, did you mean "amount"?'],
    ],
    ['{ refund: , decision: modify, with: { amount: 5 } }', []],
    [
      '{ refund: , decision: modify, with: { amuont: 5 } }',
      ['8:51 approvals.0.with.amuont: Unknown argument "amuont" of refund, did you mean "amount"?'],
    ],
    [
      '{ refund: , decision: deny, status: ok }',
      ['8:41 approvals.0.status: "status" cannot stand here: this is decided before the call runs'],
    ],
    ['{ ask: { tool: refund }, decision: approve, grants: [{ refund: { amount: 5 } }] }', []],
    [
      '{ ask: , decision: approve, grants: [refnd] }',
      ['8:50 approvals.0.grants.0: Unknown tool "refnd", did you mean "refund"?'],
    ],
    [
      '{ refund: , decision: deny, reson: No, Actor: a }',
      [
        '8:41 approvals.0.reson: Unknown key "reson", did you mean "reason"?',
        '8:52 approvals.0.Actor: Unknown key "Actor", did you mean "actor"?',
      ],
    ],
    [
      '{ tool: refund, decision: deny, delay: 5, reson: No }',
      [
        '8:45 approvals.0.delay: Unknown key "delay" in a call pattern: known are tool, args, result, error, status, actor',
        '8:55 approvals.0.reson: Unknown key "reson", did you mean "reason"?',
      ],
    ],
    [
      '{ refund: , decision: deny, amount: 5 }',
      [
        '8:41 approvals.0.amount: "refund:" has nothing after it and "amount" stands beside it: indent the arguments under "refund:"',
      ],
    ],
    [
      '{ reasons: , decision: deny }',
      [
        '8:15 approvals.0.reasons: Unknown tool "reasons", the tools are refund, look, ask_mocked, ask',
      ],
    ],
    [
      '{ refund: , decision: approve, grants: [refund] }',
      ['8:44 approvals.0.grants: grants stands with the approval_tool only, ask'],
    ],
  ])('%s', async (approvals, wanted) => {
    expect(await faultsOf(`${policy}approvals: [${approvals}]\n`)).toEqual(wanted);
  });

  test.each(['', 'policy: { tools: [refund] }\n'])('that nobody asks: %j', async (before) => {
    const found = await faultsOf(`${before}approvals: [{ refund: , decision: deny }]\n`);
    expect(found).toEqual([
      `${before === '' ? 7 : 8}:1 approvals: warning: No policy asks these people: it has neither approve nor approval_tool`,
    ]);
  });
});

describe('loadSuites() warns of a policy', () => {
  const idle =
    'warning: No call goes against this policy: it has none of tools, actors, deny and approve';
  test.each<[string, string[]]>([
    ['{}', [`3:1 policy: ${idle}`]],
    ['{ on_violation: observe, approval_tool: ask }', [`3:1 policy: ${idle}`]],
    ['./p.yaml', [`1:1 : ${idle}`]],
    ['{ deny: [] }', []],
  ])('that judges nothing: %s', async (policy, wanted) => {
    const text = suiteText({ more: `policy: ${policy}\n` });
    const { faults } = await loadText(text, { 'p.yaml': 'actions: { pay: [refund] }\n' });
    expect(lines(faults)).toEqual(wanted);
  });

  const denied =
    '3:11 policy.approve: warning: Nobody decides about these calls: without "approvals" every request is denied';
  test.each<[string, string, string, string[]]>([
    ['a live agent', 'one: { module: ./r.jsonl }', '', [denied]],
    ['recordings', 'one: { replay: ./r.jsonl }', '', []],
    ['people', 'one: { module: ./r.jsonl }', 'approvals: []\n', []],
  ])('that wants approvals of nobody, with %s', async (_, agent, approvals, wanted) => {
    const head = `suite: shop\nagents: { ${agent} }\npolicy: { approve: [refund] }\n${approvals}`;
    const text = `${head}tasks: [{ id: a, expect: { answer: Done } }]\n`;
    expect(lines((await loadText(text)).faults)).toEqual(wanted);
  });
});
