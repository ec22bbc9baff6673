import { describe, expect, test } from 'vitest';
import { lines, loadText, suiteText, testProject } from './project.test-support.ts';

async function faultsOf(text: string, files: Record<string, string> = {}): Promise<string[]> {
  return lines((await loadText(text, files)).faults);
}

const KINDS = 'replay or module';

describe('loadSuites() reads', () => {
  test('a suite with everything that is built', async () => {
    const { suites, faults, unbuilt } = await loadText(
      `suite: shop
description: Refunds
agents: { recorded: { replay: ./r.jsonl } }
tools: { refund: { effect: write } }
limits: { turns: 3 }
trials: 2
pass: { at_least: 2 }
expect: { never: [refund] }
gate: { pass_rate: 0.9 }
tasks:
  - id: a
    tags: [smoke]
    input: Hello
    expect: { answer: Hi }
    prefer: { limits: { turns: 1 } }
    weights: { answer: 2, limits: 0.5, never: 0 }
    limits: { tokens: 10 }
    trials: 3
    pass: any
    skip: Later
  - id: b
`,
    );
    expect(lines([...faults, ...unbuilt])).toEqual([]);
    const [suite] = suites;
    expect(suite).toMatchObject({
      name: 'shop',
      description: 'Refunds',
      agents: [
        { name: 'recorded', kind: 'replay', config: './r.jsonl', at: { line: 3, column: 21 } },
      ],
      limits: { turns: 3 },
      trials: 2,
      pass: { at_least: 2 },
      expect: { never: ['refund'] },
      gate: { pass_rate: 0.9 },
    });
    expect(suite?.tools).toEqual({ refund: { effect: 'write' } });
    expect(suite?.tasks).toEqual([
      {
        id: 'a',
        tags: ['smoke'],
        input: 'Hello',
        expect: { answer: 'Hi' },
        prefer: { limits: { turns: 1 } },
        weights: { answer: 2, limits: 0.5, never: 0 },
        limits: { tokens: 10 },
        trials: 3,
        pass: 'any',
        skip: 'Later',
        at: { file: suite?.file, line: 11, column: 5 },
      },
      {
        id: 'b',
        tags: [],
        expect: {},
        prefer: {},
        weights: {},
        at: { file: suite?.file, line: 21, column: 5 },
      },
    ]);
  });

  test('nothing but defaults', async () => {
    const { suites } = await loadText(suiteText());
    expect(suites[0]).toMatchObject({ tools: null, gate: null, expect: {} });
    expect(suites[0]).not.toHaveProperty('trials');
  });

  test('names that objects inherit', async () => {
    const { suites, faults } = await loadText(
      `suite: constructor
agents: { __proto__: { replay: ./r.jsonl }, toString: { replay: ./r.jsonl } }
tools: { __proto__: {}, constructor: { input: { properties: { __proto__: {}, valueOf: {} } } } }
tasks:
  - id: __proto__
    expect: { calls: { in_order: [{ constructor: { __proto__: 1, valueOf: 2 } }] }, never: [__proto__] }
`,
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.agents.map(({ name }) => name)).toEqual(['__proto__', 'toString']);
    expect(Object.keys(suites[0]?.tools ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(suites[0]?.tools)).toBe(null);
    expect(JSON.stringify(suites[0]?.tasks[0]?.expect)).toContain('{"__proto__":1,"valueOf":2}');
  });

  test('several suites, sorting what is wrong by file, line and column', async () => {
    const project = await testProject({
      'r.jsonl': '',
      'b.suite.yaml': suiteText({ more: 'x: 1\n' }).replace('shop', 'b'),
      'a.suite.yaml': suiteText({ more: 'limits: { y: 1, x: 1 }\nz: 1\n' }),
    });
    const { faults, suites } = await project.load(['b.suite.yaml', 'a.suite.yaml']);
    expect(suites).toEqual([]);
    const places = faults.map((fault) => `${fault.file.slice(-12)}:${fault.line}:${fault.column}`);
    expect(places).toEqual([
      'a.suite.yaml:3:11',
      'a.suite.yaml:3:17',
      'a.suite.yaml:4:1',
      'b.suite.yaml:3:1',
    ]);
  });

  test('a sound suite beside one with faults', async () => {
    const project = await testProject({
      'r.jsonl': '',
      'a.suite.yaml': suiteText(),
      'b.suite.yaml': 'suite: 1',
    });
    const { suites } = await project.load(['a.suite.yaml', 'b.suite.yaml']);
    expect(suites.map(({ name }) => name)).toEqual(['shop']);
  });
});

describe('loadSuites() refuses in a suite', () => {
  test.each<[string, string, string[]]>([
    ['no map', '- a', ['1:1 : Expected a map, got ["a"]']],
    [
      'missing keys',
      'description: x',
      [
        '1:1 suite: "suite" is missing, expected text',
        '1:1 agents: "agents" is missing, expected a map',
        '1:1 tasks: "tasks" is missing, expected a list of tasks or { from: ./tasks.jsonl }',
      ],
    ],
    [
      'an unknown key',
      suiteText({ more: 'descripton: x\n' }),
      ['3:1 descripton: Unknown key "descripton", did you mean "description"?'],
    ],
    [
      'an unknown key that is near none',
      suiteText({ more: 'limits: { money: 3 }\n' }),
      [
        '3:11 limits.money: Unknown key "money", expected one of turns, tool_calls, tokens, cost_usd, seconds, repeats, writes, irreversible, external, actors',
      ],
    ],
    [
      'keys that objects inherit',
      suiteText({ more: 'constructor: 1\n__proto__: 2\n' }),
      [
        expect.stringMatching(
          /^3:1 constructor: Unknown key "constructor", expected one of suite, /,
        ),
        expect.stringMatching(/^4:1 __proto__: Unknown key "__proto__", expected one of suite, /),
      ] as string[],
    ],
    [
      'weights, which tasks have',
      suiteText({ more: 'weights: {}\n' }),
      [expect.stringMatching(/^3:1 weights: Unknown key "weights"/)] as string[],
    ],
    [
      'a number for text',
      suiteText().replace('shop', '2024'),
      ['1:8 suite: Expected text, got 2024; write it in quotes'],
    ],
    [
      'a key without a value',
      suiteText().replace(' shop', ''),
      ['1:1 suite: Expected text, but nothing stands here'],
    ],
    [
      'a control character in a name',
      suiteText().replace('shop', '"a\\u0007"'),
      ['1:8 suite: Expected a name without control characters'],
    ],
    [
      'a negative ceiling',
      suiteText({ more: 'limits: { turns: -1 }\n' }),
      ['3:18 limits.turns: Expected a number of at least 0, got -1'],
    ],
    [
      'a ceiling in text',
      suiteText({ more: 'limits: { turns: "3" }\n' }),
      ['3:18 limits.turns: Expected a number, got "3"'],
    ],
    [
      'no trials',
      suiteText({ more: 'trials: 0\n' }),
      ['3:9 trials: Expected a number above 0, got 0'],
    ],
    [
      'half a trial',
      suiteText({ more: 'trials: 1.5\n' }),
      ['3:9 trials: Expected a whole number, got 1.5'],
    ],
    [
      'an unknown rule',
      suiteText({ more: 'pass: al\n' }),
      ['3:7 pass: Expected all or any, got "al", did you mean "all"?'],
    ],
    [
      'a misspelt rule',
      suiteText({ more: 'pass: { atleast: 3 }\n' }),
      ['3:9 pass.atleast: Unknown key "atleast", did you mean "at_least"?'],
    ],
    [
      'a rule that always passes',
      suiteText({ more: 'pass: { rate: 0 }\n' }),
      ['3:15 pass.rate: Expected a number above 0, got 0'],
    ],
    [
      'two rules',
      suiteText({ more: 'pass: { at_least: 1, rate: 1 }\n' }),
      ['3:22 pass.rate: Unknown key "rate", expected one of at_least'],
    ],
    [
      'more passes than trials',
      suiteText({ more: 'trials: 2\npass: { at_least: 3 }\n' }),
      ['4:7 pass: at_least: 3 can never be met with 2 trials'],
    ],
    [
      'a share above 1',
      suiteText({ more: 'gate: { pass_rate: 95 }\n' }),
      ['3:20 gate.pass_rate: Expected a number of at most 1, got 95'],
    ],
    [
      'no agents',
      suiteText().replace('{ recorded: { replay: ./r.jsonl } }', '{}'),
      ['2:9 agents: Expected at least one agent'],
    ],
    [
      'an agent without a kind',
      suiteText().replace('{ replay: ./r.jsonl }', '{}'),
      [`2:21 agents.recorded: Expected exactly one kind of agent (${KINDS}), got none`],
    ],
    [
      'an agent of two kinds',
      suiteText().replace('{ replay: ./r.jsonl }', '{ replay: ./r.jsonl, module: ./r.jsonl }'),
      [
        `2:21 agents.recorded: Expected exactly one kind of agent (${KINDS}), got replay and module`,
      ],
    ],
    [
      'a misspelt kind',
      suiteText().replace('replay:', 'replya:'),
      ['2:23 agents.recorded.replya: Unknown key "replya", did you mean "replay"?'],
    ],
    [
      'a variant by its keys',
      suiteText().replace('./r.jsonl', '{ file: ./r.jsonl, agnet: b }'),
      ['2:50 agents.recorded.replay.agnet: Unknown key "agnet", did you mean "agent"?'],
    ],
    [
      'no tasks',
      suiteText().replace(/tasks:.*/s, 'tasks: []'),
      ['3:8 tasks: Expected at least one task: an empty suite never passes'],
    ],
    [
      'tasks from another format',
      suiteText().replace(/tasks:.*/s, 'tasks: { from: ./t.yaml }'),
      ['3:16 tasks.from: Expected the path of a .jsonl file, one task a line'],
    ],
    [
      'tools of another format',
      suiteText({
        more: 'tools: [{ type: function, function: { name: refund, parameters: {} } }]\n',
      }),
      [
        expect.stringMatching(
          /^3:8 tools: Expected a map of tools by name, got a list; write each as "name: /,
        ),
      ] as string[],
    ],
    [
      'a tool without a value',
      suiteText({ more: 'tools: { refund: }\n' }),
      ['3:10 tools.refund: Expected a map, but nothing stands here'],
    ],
    [
      'an unknown effect',
      suiteText({ more: 'tools: { refund: { effect: wirte } }\n' }),
      [
        '3:28 tools.refund.effect: Expected read, write or irreversible, got "wirte", did you mean "write"?',
      ],
    ],
    [
      'an input that is no JSON Schema',
      suiteText({
        more: 'tools: { refund: { input: { properties: { a: { type: strng } }, required: a } } }\n',
      }),
      [
        expect.stringMatching(
          /^3:54 tools.refund.input.properties.a.type: Not a JSON Schema: it must be equal to one of the allowed values: array, /,
        ),
        '3:75 tools.refund.input.required: Not a JSON Schema: it must be array',
      ] as string[],
    ],
    [
      'an input that refers to nothing',
      suiteText({ more: "tools: { refund: { input: { $ref: '#/nowhere' } } }\n" }),
      [
        expect.stringMatching(
          /^3:27 tools.refund.input: Not a JSON Schema: can't resolve reference/,
        ),
      ] as string[],
    ],
  ])('%s', async (_, text, wanted) => {
    expect(await faultsOf(text)).toEqual(wanted);
  });
});

describe('loadSuites() refuses in a task', () => {
  const task = (text: string) => suiteText({ tasks: text });
  const judged = 'expect: { answer: Done }';

  test.each<[string, string, string[]]>([
    ['no id', task(`  - ${judged}\n`), ['4:5 tasks.0.id: "id" is missing, expected text']],
    [
      'an empty id',
      task(`  - id: ""\n    ${judged}\n`),
      ['4:9 tasks.0.id: Expected text that is not empty, got ""'],
    ],
    [
      'a number for an id',
      task(`  - id: 7\n    ${judged}\n`),
      ['4:9 tasks.0.id: Expected text, got 7; write it in quotes'],
    ],
    [
      'an id that is used twice',
      task(`  - id: a\n    ${judged}\n  - id: a\n    ${judged}\n`),
      ['6:9 tasks.1.id: Task id "a" is used twice, first on line 4'],
    ],
    ['what is no task', task('  - 3\n'), ['4:5 tasks.0: Expected a map, got 3']],
    [
      'a number for a tag',
      task(`  - id: a\n    ${judged}\n    tags: [2024]\n`),
      ['6:12 tasks.0.tags.0: Expected text, got 2024; write it in quotes'],
    ],
    [
      'an input without a value',
      task(`  - id: a\n    ${judged}\n    input:\n`),
      ['6:5 tasks.0.input: Expected text or data, but nothing stands here'],
    ],
    [
      'a skip without a reason',
      task(`  - id: a\n    ${judged}\n    skip: true\n`),
      ['6:11 tasks.0.skip: Expected text, got true; write it in quotes'],
    ],
    [
      'a misspelt modifier',
      task('  - id: a\n    expect: { calls: { in_order: [{ tool: a, tims: 2 }] } }\n'),
      [
        '5:46 tasks.0.expect.calls.in_order.0.tims: Unknown key "tims" in a call pattern: did you mean "times"?',
      ],
    ],
    [
      'a misspelt expectation',
      task('  - id: a\n    expect: { anwser: Done }\n'),
      ['5:15 tasks.0.expect.anwser: Unknown key "anwser", did you mean "answer"?'],
    ],
    [
      'a misspelt key of an expectation',
      task('  - id: a\n    expect: { not: [{ last: { off: a, is: b } }] }\n'),
      ['5:31 tasks.0.expect.not.0.last.off: Unknown key "off", did you mean "of"?'],
    ],
    [
      'arguments that are not indented',
      task(
        '  - id: a\n    expect:\n      calls:\n        in_order:\n          - get_order:\n            order_id: "1"\n',
      ),
      [
        '9:13 tasks.0.expect.calls.in_order.0.order_id: "get_order:" has nothing after it and "order_id" stands beside it: indent the arguments under "get_order:"',
      ],
    ],
    [
      'what nothing judges',
      task('  - id: a\n'),
      ['4:5 tasks.0: Nothing judges task "a": give it or the suite expect or limits'],
    ],
    [
      'what only prefer looks at',
      task(`  - id: a\n    prefer: { answer: Done }\n`),
      [
        '4:5 tasks.0: Nothing judges task "a": give it or the suite expect or limits; prefer only moves the score',
      ],
    ],
    [
      'empty expectations',
      task('  - id: a\n    expect: {}\n    limits: {}\n'),
      ['4:5 tasks.0: Nothing judges task "a": give it or the suite expect or limits'],
    ],
    [
      'more passes than its trials',
      task(`  - id: a\n    ${judged}\n    trials: 2\n    pass: { at_least: 3 }\n`),
      ['7:11 tasks.0.pass: at_least: 3 can never be met with 2 trials'],
    ],
    [
      'fewer trials than the suite must pass',
      suiteText({
        more: 'trials: 4\npass: { at_least: 3 }\n',
        tasks: `  - id: a\n    ${judged}\n    trials: 1\n`,
      }),
      ['8:13 tasks.0.trials: at_least: 3 can never be met with 1 trial'],
    ],
    [
      'a negative weight',
      task(`  - id: a\n    ${judged}\n    weights: { answer: -1 }\n`),
      ['6:24 tasks.0.weights.answer: Expected a number of at least 0, got -1'],
    ],
    [
      'a weight of nothing',
      task(`  - id: a\n    ${judged}\n    weights: { answr: 1 }\n`),
      [
        '6:16 tasks.0.weights.answr: Weight of "answr", which no expectation is, did you mean "answer"?',
      ],
    ],
    [
      'for_each without entries',
      task(`  - id: a\n    ${judged}\n    for_each: []\n`),
      ['6:15 tasks.0.for_each: Expected at least one entry: without one the task vanishes'],
    ],
  ])('%s', async (_, text, wanted) => {
    expect(await faultsOf(text)).toEqual(wanted);
  });

  test('all of it at once, in every task', async () => {
    const text = suiteText({
      more: 'tools: { refund: { input: { properties: { amount: {} } } } }\n',
      tasks:
        '  - id: a\n    trials: 0\n    expect: { never: [refnd], anwser: x, calls: { in_order: [{ refund: { ammount: 1 } }] } }\n' +
        '  - id: a\n    tags: 3\n',
    });
    expect((await faultsOf(text)).map((line) => line.split(' ', 2).join(' '))).toEqual([
      '6:13 tasks.0.trials:',
      '7:23 tasks.0.expect.never.0:',
      '7:31 tasks.0.expect.anwser:',
      '7:74 tasks.0.expect.calls.in_order.0.refund.ammount:',
      '8:9 tasks.1.id:',
      '9:11 tasks.1.tags:',
    ]);
  });

  test('a fault shows the lines around it', async () => {
    const { faults } = await loadText(suiteText({ more: 'limits: { turns: -1 }\n' }));
    expect(faults[0]?.frame).toBe(
      'agents: { recorded: { replay: ./r.jsonl } }\nlimits: { turns: -1 }\n                 ^^',
    );
  });

  test('only what is wrong itself, not what follows from a trap', async () => {
    const text = task('  - id: 007\n    input: {{question}}\n    expect: { answer: Done #1 }\n');
    expect((await faultsOf(text)).map((line) => line.split(' ', 1)[0])).toEqual([
      '4:9',
      '5:12',
      '6:23',
    ]);
  });
});

describe('loadSuites() warns', () => {
  test('of what is odd, and keeps the suite', async () => {
    const text = suiteText({ expect: '{ calls: { in_order: [] }, answer: 1.10 }' });
    const { faults, suites } = await loadText(text);
    expect(lines(faults)).toEqual([
      '5:34 tasks.0.expect.calls.in_order: warning: An empty in_order forbids nothing',
      '5:48 tasks.0.expect.answer: warning: 1.10 is read as the number 1.1; write "1.10" if text is meant',
    ]);
    expect(suites).toHaveLength(1);
  });

  test('not where a fault says more', async () => {
    const { faults } = await loadText(suiteText().replace('shop', '1.10'));
    expect(lines(faults)).toEqual(['1:8 suite: Expected text, got 1.1; write it in quotes']);
  });
});

describe('loadSuites() reads the gate', () => {
  test('with every key', async () => {
    const gate = {
      pass_rate: 0.9,
      pass_hat_k: { 4: 0.8 },
      max_cost_usd: 1,
      p95_seconds: 3,
      tags: { smoke: { pass_rate: 1 } },
      agents: { recorded: { score: 1, p95_seconds: 2 } },
    };
    const quarantine = { refund: { until: '2027-01-01', owner: 'Mia', reason: 'Flaky' } };
    const { suites, faults } = await loadText(
      suiteText({
        more: `gate: ${JSON.stringify(gate)}\nquarantine: ${JSON.stringify(quarantine)}\n`,
        tasks: '  - { id: refund, tags: [smoke], expect: { answer: Done } }\n',
      }),
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]).toMatchObject({ gate, quarantine });
  });

  test.each<[string, string]>([
    ['pass_hat_k: {}', '3:21 gate.pass_hat_k: Give at least one k'],
    ['pass_hat_k: { 0: 1 }', '3:23 gate.pass_hat_k.0: Expected a number of trials from 1'],
    ['pass_hat_k: { two: 1 }', '3:23 gate.pass_hat_k.two: Expected a number of trials from 1'],
    ['pass_hat_k: { 9000000: 1 }', 'Expected at most 1000000 trials'],
    ['pass_hat_k: { 2: 1.5 }', '3:26 gate.pass_hat_k.2: Expected a number of at most 1, got 1.5'],
    ['max_cost_usd: -1', '3:23 gate.max_cost_usd: Expected a number of at least 0, got -1'],
    ['p95_seconds: 3s', '3:22 gate.p95_seconds: Expected a number, got "3s"'],
    ['tags: { smoke: {} }', '3:24 gate.tags.smoke: Give at least one figure'],
    ['tags: { smoke: { tags: { smoke: { score: 1 } } } }', 'gate.tags.smoke.tags: Unknown key'],
    ['agents: { recorded: { tolerate: [] } }', 'gate.agents.recorded.tolerate: Unknown key'],
    ['tags: { smok: { score: 1 } }', '3:17 gate.tags.smok: No task has the tag "smok": did you'],
    ['agents: { recordd: { score: 1 } }', '3:19 gate.agents.recordd: There is no agent "recordd"'],
    ['agents: { __proto__: { score: 1 } }', 'There is no agent "__proto__": known are recorded'],
  ])('and tells what is wrong in %s', async (gate, told) => {
    const tasks = '  - { id: refund, tags: [smoke], expect: { answer: Done } }\n';
    const [fault = '', ...more] = await faultsOf(suiteText({ more: `gate: { ${gate} }\n`, tasks }));
    expect(fault).toContain(told);
    expect(more).toEqual([]);
  });

  test.each<[string, string]>([
    ['{ refund: { owner: Mia } }', '3:23 quarantine.refund.until: "until" is missing'],
    ['{ refund: { until: 2027-01-01 } }', '3:23 quarantine.refund.owner: "owner" is missing'],
    ['{ refund: { until: 2027-01-01, owner: "" } }', 'quarantine.refund.owner: '],
    ['{ refund: { until: 2027-02-30, owner: Mia } }', 'Expected a day of the calendar, YYYY-MM-DD'],
    ['{ refund: { until: 2027-1-1, owner: Mia } }', 'Expected a day of the calendar, YYYY-MM-DD'],
    ['{ refund: { until: soon, owner: Mia } }', 'Expected a day of the calendar, YYYY-MM-DD'],
    ['{ refund: { until: 20270101, owner: Mia } }', 'quarantine.refund.until: Expected '],
    ['{ refun: { until: 2027-01-01, owner: M } }', '3:15 quarantine.refun: There is no task "refu'],
    ['{ "*": { until: 2027-01-01, owner: M } }', 'There is no task "*": known are refund'],
    ['{ constructor: { until: 2027-01-01, owner: M } }', 'There is no task "constructor"'],
    ['[refund]', '3:13 quarantine: Expected a map'],
  ])('and tells what is wrong in quarantine: %s', async (quarantine, told) => {
    const [fault = '', ...more] = await faultsOf(
      suiteText({ more: `quarantine: ${quarantine}\n` }),
    );
    expect(fault).toContain(told);
    expect(more).toEqual([]);
  });

  test('of tasks that for_each makes', async () => {
    const more = 'quarantine: { refund-2: { until: 2028-02-29, owner: Mia } }\n';
    const tasks =
      '  - { id: "refund-{{n}}", for_each: [{ n: 1 }, { n: 2 }], expect: { answer: Done } }\n';
    expect(await faultsOf(suiteText({ more, tasks }))).toEqual([]);
  });
});

describe('loadSuites() checks the structure of parts with an owner of their own', () => {
  test.each<[string, string, string]>([
    ['policy: { tool: [a] }\n', '3:11 policy.tool', 'Unknown key "tool", did you mean "tools"?'],
    [
      'policy: { deny: [{ a: { $gtt: 1 } }] }\n',
      '3:25 policy.deny.0.a.$gtt',
      'Unknown operator $gtt: did you mean "$gt"? (data with $ keys is written under $eq)',
    ],
    [
      'approvals: [{ a: , decision: aprove }]\n',
      '3:30 approvals.0.decision',
      'Expected approve, modify, deny, terminate, expire or ask, got "aprove", did you mean "approve"?',
    ],
    [
      'approvals: [{ a: , decision: modify }]\n',
      '3:13 approvals.0.with',
      '"with" is missing, expected the new arguments',
    ],
    [
      'approvals: [{ decision: deny }]\n',
      '3:13 approvals.0',
      'A call pattern needs the name of a tool: { tool_name: arguments } or { tool: name }',
    ],
    [
      'approvals: [{ a: { $contians: b }, decision: deny }]\n',
      '3:20 approvals.0.a.$contians',
      'Unknown operator $contians: did you mean "$contains"? (data with $ keys is written under $eq)',
    ],
    [
      'attacks: { x: { inject: { tool: a, into: /0 }, goal: { answer: x } } }\n',
      '3:25 attacks.x.inject',
      'Give one of text, template, payloads',
    ],
    [
      'judges: { x: { rubrik: y } }\n',
      '3:16 judges.x.rubrik',
      'Unknown key "rubrik", did you mean "rubric"?',
    ],
    [
      'tools: { a: { mock: [{ wen: {} }] } }\n',
      '3:24 tools.a.mock.0.wen',
      'Unknown key "wen", did you mean "when"?',
    ],
  ])('%s', async (more, at, message) => {
    expect(await faultsOf(suiteText({ more }))).toEqual([`${at}: ${message}`]);
  });
});
