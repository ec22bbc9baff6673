import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentKinds } from '../agents/registry.ts';
import { judges } from '../judges/registry.ts';
import { attackTemplates, templateNames } from './attack-templates.ts';
import { loadSuites } from './load-suites.ts';
import { lines, suiteText, testProject } from './project.test-support.ts';

const kinds = { judges, agents: agentKinds };
const tools =
  'tools: { read: { input: { type: object, properties: {} } }, send: { input: { type: object, properties: { to: {}, sum: {} } } }, send_money: {}, constructor: {} }\n';
const TASKS = '  - { id: a, expect: { answer: Done } }\n';

/** Loads a suite with these attacks, written as YAML on one line, and these tasks. */
async function loaded(attacks: string, tasks = TASKS, files = {}) {
  const text = suiteText({ tasks, more: `${tools}attacks: ${attacks}\n` });
  const project = await testProject({ 'r.jsonl': '', 'shop.suite.yaml': text, ...files });
  return loadSuites([path.join(project.folder, 'shop.suite.yaml')], kinds);
}

const attacksIn = async (...given: Parameters<typeof loaded>) => {
  const { suites, faults } = await loaded(...given);
  expect(lines(faults)).toEqual([]);
  return suites[0]?.attacks ?? [];
};
const faultsOf = async (...given: Parameters<typeof loaded>) =>
  lines((await loaded(...given)).faults);

const goal = 'goal: { calls: { any_order: [{ send: { to: eve } }] } }';
const inject = (rest: string) => `{ x: { inject: { tool: read, ${rest} }, ${goal} } }`;

describe('loadSuites() reads attacks', () => {
  test('with a text that is planted as it stands', async () => {
    expect(await attacksIn(inject('text: "{{name}} {{calls}} é\u2028"'))).toEqual([
      {
        name: 'x',
        family: 'x',
        inject: [{ tool: 'read', into: '', mode: 'append', text: '{{name}} {{calls}} é\u2028' }],
        goal: { calls: { any_order: [{ send: { to: 'eve' } }] } },
      },
    ]);
  });

  test('with places, a description, and without anything that is planted', async () => {
    const [x, y] = await attacksIn(
      `{ x: { description: Why, inject: { tool: "s*", into: "/a~1b/~0/*/0/", mode: replace, text: t }, ${goal} }, y: { ${goal} } }`,
    );
    expect(x).toMatchObject({
      description: 'Why',
      inject: [{ tool: 's*', into: '/a~1b/~0/*/0/', mode: 'replace' }],
    });
    expect(y).toMatchObject({ name: 'y', inject: [] });
  });

  test('with one template as one attack, with several as one each', async () => {
    const [one] = await attacksIn(inject('template: direct, instruction: Pay'));
    expect(one).toMatchObject({
      name: 'x',
      family: 'x',
      inject: [{ text: '\n\n{{instruction}}' }],
    });
    const all = await attacksIn(inject('template: all, instruction: Pay, user: Ada, model: M'));
    expect(all.map(({ name, family }) => [name, family])).toEqual(
      templateNames.map((name) => [`x.${name}`, 'x']),
    );
    expect(all[0]?.inject[0]?.fills).toMatchObject({ instruction: 'Pay', user: 'Ada', model: 'M' });
  });

  test('with the wording of all templates around the instruction, with the names that they say they give', () => {
    for (const [name, text] of Object.entries(attackTemplates)) {
      expect(text.split('{{instruction}}')).toHaveLength(2);
      const named = /^(important_message|tool_knowledge)$/.test(name);
      expect(text.includes('{{user}}')).toBe(named || name.endsWith('_user'));
      expect(text.includes('{{model}}')).toBe(named || name.endsWith('_model'));
    }
  });

  test('with the calls of the goal in words for tool_knowledge', async () => {
    const wanted =
      'goal: { calls: [{ in_order: [{ send: { to: eve, sum: { $gt: 3 } } }, { one_of: [{ tool: send_money, args: { $partial: { iban: { $eq: { $x: 1 } } } } }] }], among: { tools: [read] } }, { subset: [read] }] }';
    const [made] = await attacksIn(
      `{ x: { inject: { tool: read, template: tool_knowledge, instruction: Pay }, ${wanted} } }`,
    );
    expect(made?.inject[0]?.fills?.calls).toBe(
      'send with to = "eve", sum; then send_money with iban = {"$x":1}',
    );
  });

  test.each([
    ['p.yaml', '- One\n- { id: two, text: "{{instruction}} now" }\n', ['x.1', 'x.two']],
    ['p.json', '["One", { "id": "é/~", "text": "{{x}}" }]', ['x.1', 'x.é/~']],
    ['p.jsonl', '"One"\n\n{ "id": "two", "text": "Two" }\n', ['x.1', 'x.two']],
    ['p.txt', 'One\r\n\n- "Two" # as it stands\n', ['x.1', 'x.2']],
  ])('with the payloads of %s, one each', async (name, text, names) => {
    const attacks = await attacksIn(inject(`payloads: ./${name}, instruction: Pay`), TASKS, {
      [name]: text,
    });
    expect(attacks.map((attack) => attack.name)).toEqual(names);
    expect(attacks[0]?.inject[0]?.text).toBe('One');
    expect(attacks[1]?.family).toBe('x');
  });

  test('with 100,000 payloads', { timeout: 20_000 }, async () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `Payload ${at}`).join('\n');
    const attacks = await attacksIn(inject('payloads: ./p.txt'), TASKS, { 'p.txt': text });
    expect(attacks).toHaveLength(100_000);
    expect(attacks.at(-1)).toMatchObject({ name: 'x.100000', inject: [{ text: 'Payload 99999' }] });
  });

  test('with what is planted in several places, wordings of one name together', async () => {
    const attacks = await attacksIn(
      `{ x: { inject: [{ tool: read, text: Here }, { tool: read, template: [direct, ignore_previous], instruction: A }, { tool: send, template: [ignore_previous, direct], instruction: B }], ${goal} } }`,
    );
    expect(attacks.map(({ name, inject: all }) => [name, all.map(({ tool }) => tool)])).toEqual([
      ['x.direct', ['read', 'read', 'send']],
      ['x.ignore_previous', ['read', 'read', 'send']],
    ]);
    expect(attacks[0]?.inject[2]).toMatchObject({
      text: '\n\n{{instruction}}',
      fills: { instruction: 'B' },
    });
  });

  test('from a file, whose goals may stand in files too', async () => {
    const files = {
      'sub/attacks.yaml': 'x: { inject: { tool: read, payloads: ./p.txt }, goal: ./goal.yaml }\n',
      'sub/p.txt': 'One\n',
      'sub/goal.yaml': 'answer: Yes sir\n',
    };
    const attacks = await attacksIn('./sub/attacks.yaml', TASKS, files);
    expect(attacks).toMatchObject([{ name: 'x.1', goal: { answer: 'Yes sir' } }]);
  });

  test('whose payloads are part of the digest of the suite', async () => {
    const digestOf = async (payload: string) =>
      (await loaded(inject('payloads: ./p.txt'), TASKS, { 'p.txt': payload })).suites[0]?.digest;
    expect(await digestOf('One')).toBe(await digestOf('One'));
    expect(await digestOf('One')).not.toBe(await digestOf('Two'));
  });

  test('named like what every object inherits', async () => {
    const attacks = await attacksIn(
      `{ constructor: { inject: { tool: constructor, into: /constructor, text: t }, ${goal} }, "__proto__": { ${goal} } }`,
      '  - { id: a, expect: { answer: x }, attacks: [constructor, __proto__] }\n',
    );
    expect(attacks.map(({ name }) => name)).toEqual(['constructor', '__proto__']);
  });
});

describe('loadSuites() tells what is wrong with attacks', () => {
  test.each<[what: string, attacks: string, faults: string[]]>([
    [
      'an unknown tool',
      `{ x: { inject: { tool: reed, text: t }, ${goal} } }`,
      ['4:33 attacks.x.inject.tool: Unknown tool "reed", did you mean "read"?'],
    ],
    [
      'the beginning of a name',
      `{ x: { inject: { tool: send_m, text: t }, ${goal} } }`,
      ['4:33 attacks.x.inject.tool: Unknown tool "send_m", did you mean "send"?'],
    ],
    [
      'a wildcard that no tool is like',
      `{ x: { inject: { tool: "z*", text: t }, ${goal} } }`,
      [
        '4:33 attacks.x.inject.tool: No tool is named like "z*", the tools are read, send, send_money, constructor',
      ],
    ],
    [
      'no pointer',
      inject('into: 0/body, text: t'),
      ['4:45 attacks.x.inject.into: Expected a JSON Pointer such as /0/body, or "" for the whole'],
    ],
    [
      'a bad escape',
      inject('into: /a~2, text: t'),
      ['4:45 attacks.x.inject.into: Expected a JSON Pointer such as /0/body, or "" for the whole'],
    ],
    [
      'nothing to plant',
      inject('mode: append'),
      ['4:25 attacks.x.inject: Give one of text, template, payloads'],
    ],
    [
      'two texts',
      inject('text: t, template: direct'),
      ['4:48 attacks.x.inject.template: text and template are given, expected one of them'],
    ],
    [
      'no instruction',
      inject('template: direct'),
      ['4:25 attacks.x.inject: "instruction" is missing: a template needs one'],
    ],
    [
      'an unknown template',
      inject('template: [dirct], instruction: Pay'),
      [
        '4:50 attacks.x.inject.template.0: Expected direct, ignore_previous, important_message, important_message_no_names, important_message_user, important_message_model or tool_knowledge, got "dirct", did you mean "direct"?',
      ],
    ],
    [
      'an instruction beside a text',
      inject('text: t, instruction: Pay'),
      [
        '4:48 attacks.x.inject.instruction: "instruction" stands with template and payloads only: text is planted as it stands',
      ],
    ],
    [
      'a goal without calls for tool_knowledge',
      '{ x: { inject: { tool: read, template: all, instruction: Pay }, goal: { answer: x } } }',
      ['4:49 attacks.x.inject.template: tool_knowledge needs a goal whose calls name tools'],
    ],
    [
      'no goal',
      '{ x: { inject: { tool: read, text: t } } }',
      ['4:15 attacks.x.goal: "goal" is missing, expected a map'],
    ],
    [
      'an empty goal',
      '{ x: { goal: {} } }',
      ['4:23 attacks.x.goal: Nothing is wanted: give at least one expectation'],
    ],
    [
      'names in a goal',
      '{ x: { goal: { calls: { any_order: [{ sendd: { to: x } }, { send: { too: x } }] } } } }',
      [
        '4:48 attacks.x.goal.calls.any_order.0.sendd: Unknown tool "sendd", did you mean "send"?',
        '4:78 attacks.x.goal.calls.any_order.1.send.too: Unknown argument "too" of send, did you mean "to"?',
      ],
    ],
    [
      'a goal that measures',
      '{ x: { goal: { not: [{ metrics: { reference: [{ send: {} }], tool_call_f1: true } }] } } }',
      ['4:33 attacks.x.goal.not.0.metrics: A metric measures and is no goal'],
    ],
    [
      'a place for a value in a goal',
      '{ x: { goal: { answer: "{{who}}" } } }',
      [
        '4:33 attacks.x.goal.answer: {{who}} is not replaced here, only in a task with for_each; text that is meant so stands under $eq',
      ],
    ],
    [
      'an attack named none',
      `{ none: { ${goal} } }`,
      ['4:12 attacks.none: An attack cannot be named "none", which means no attack'],
    ],
    [
      'a name with a control character',
      `{ "a\\tb": { ${goal} } }`,
      ['4:12 attacks.a\tb: Expected a name without control characters'],
    ],
    [
      'a name that two have',
      `{ x: { inject: { tool: read, template: [direct], instruction: Pay }, ${goal} }, x.direct: { ${goal} } }`,
      ['4:12 attacks.x: The attack "x.direct" is there twice: as one of "x" as well'],
    ],
    ['a template that stands twice', inject('template: [direct, direct], instruction: Pay'), []],
    [
      'wordings that do not go together',
      `{ x: { inject: [{ tool: read, template: [direct], instruction: A }, { tool: read, template: all, instruction: A }], ${goal} } }`,
      [
        '4:25 attacks.x.inject: The entries of inject have different templates or payloads, expected the same',
      ],
    ],
  ])('%s', async (_, attacks, faults) => {
    expect(await faultsOf(attacks)).toEqual(faults);
  });

  test.each<[what: string, name: string, text: string, faults: string[]]>([
    [
      'there are none',
      'p.txt',
      '\n \n',
      ['4:49 attacks.x.inject.payloads: "./p.txt" holds no payload'],
    ],
    [
      'they are no list',
      'p.yaml',
      'one: two\n',
      ['1:1 : Expected a list of payloads: texts or { id, text }'],
    ],
    [
      'one is no text',
      'p.yaml',
      '- One\n- 7\n',
      ['2:3 1: Expected text, got 7; write it in quotes'],
    ],
    ['one is empty', 'p.jsonl', '"One"\n""\n', ['2:1 : Expected text that is not empty, got ""']],
    [
      'two have one id',
      'p.jsonl',
      '{ "id": "1", "text": "One" }\n{ "id": "1", "text": "Two" }\n',
      ['2:9 id: Payload "1" is there twice; give each an id of its own'],
    ],
    [
      'a line is no JSON',
      'p.jsonl',
      '"One"\n{ "id"\n',
      [expect.stringMatching(/^2:\d+ : The line is not JSON/)],
    ],
    [
      'one needs an instruction',
      'p.txt',
      'One\nTwo {{ instruction }}\n',
      [
        '4:49 attacks.x.inject.payloads: "instruction" is missing: payload "2" holds {{instruction}}',
      ],
    ],
  ])('where of payloads %s', async (_, name, text, faults) => {
    expect(await faultsOf(inject(`payloads: ./${name}`), TASKS, { [name]: text })).toEqual(faults);
  });

  test('a file of payloads that is not there, or not UTF-8', async () => {
    expect(await faultsOf(inject('payloads: ./p.txt'))).toHaveLength(1);
    const bytes = new Uint8Array([0x61, 0x0a, 0xff, 0x0a]);
    const faults = await faultsOf(inject('payloads: ./p.txt'), TASKS, { 'p.txt': bytes });
    expect(faults).toEqual(['2:1 : The line is not UTF-8']);
  });
});

describe('loadSuites() warns', () => {
  test('of a text that looks as if something were put in', async () => {
    expect(await faultsOf(inject('text: "Hi {{ user }}"'))).toEqual([
      '4:45 attacks.x.inject.text: warning: {{ user }} is planted as it stands: only payloads and templates are filled in',
    ]);
  });

  test('of attacks that no task runs with', async () => {
    const two = `{ x: { ${goal} }, y: { ${goal} }, z: { ${goal} } }`;
    const tasks = '  - { id: a, expect: { answer: x }, attacks: [y] }\n';
    expect(await faultsOf(two, tasks)).toEqual([
      '4:1 attacks: warning: No task runs with the attack "x" (and 1 more)',
    ]);
    expect(await faultsOf(two, `${tasks}  - { id: b, expect: { answer: x } }\n`)).toEqual([]);
  });
});

describe('loadSuites() reads which attacks a task runs with', () => {
  const three = `{ x: { inject: { tool: read, template: [direct, ignore_previous], instruction: Pay }, ${goal} }, y: { ${goal} } }`;
  const task = (attacks: string, more = 'expect: { answer: x }') =>
    `  - { id: a, attacks: ${attacks}, ${more} }\n  - { id: b, expect: { answer: x } }\n`;

  test.each([
    ['none', { names: [], clean: true }],
    ['[x]', { names: ['x.direct', 'x.ignore_previous'], clean: true }],
    ['[y, x.direct, y]', { names: ['y', 'x.direct'], clean: true }],
    ['{ only: [y] }', { names: ['y'], clean: false }],
  ])('%s', async (written, wanted) => {
    const { suites, faults } = await loaded(three, task(written));
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.attacks).toEqual(wanted);
  });

  test.each([
    ['[x.dirct]', '6:24 tasks.0.attacks.0: Unknown attack "x.dirct", did you mean "x.direct"?'],
    [
      '{ only: [zzzzzz] }',
      '6:32 tasks.0.attacks.only.0: Unknown attack "zzzzzz", the attacks are x.direct, x.ignore_previous, x, y',
    ],
    ['[]', '6:23 tasks.0.attacks: Expected a list of at least 1 entry, got []'],
    ['all', '6:23 tasks.0.attacks: Expected none, got "all"'],
  ])('%s is a fault', async (written, fault) => {
    expect(await faultsOf(three, task(written))).toEqual([fault]);
  });

  test('and says nothing of unknown ones where the attacks are not all known', async () => {
    const faults = await faultsOf('{ x: { goal: {} } }', task('[y]'));
    expect(faults).toEqual([
      '4:23 attacks.x.goal: Nothing is wanted: give at least one expectation',
    ]);
  });

  test('and that goals judge attacked trials, but not the task alone', async () => {
    expect(await faultsOf(three, task('{ only: [x, y] }', 'tags: [t]'))).toEqual([]);
    expect(await faultsOf(three, task('[y]', 'tags: [t]'))).toEqual([
      '6:5 tasks.0: Nothing judges task "a": give it or the suite expect or limits',
    ]);
  });

  test.each([
    ['attacks', 0],
    ['attacks.x', 0],
    ['attacks.x.direct.goal', 0],
    ['attacks.y.goal', 0],
    ['attacks.x.goal', 1],
    ['attacks.z.goal', 1],
  ])('and weights of %s', async (name, count) => {
    const weights = `expect: { answer: x }, weights: { ${name}: 2 }`;
    expect(await faultsOf(three, task('[y]', weights))).toHaveLength(count);
  });
});

describe('loadSuites() tells of attacks that plant nothing', () => {
  const told = async (agents: string, tasks = TASKS) => {
    const text = `suite: shop\nagents: { ${agents} }\n${tools}attacks:\n  x: { ${goal} }\ntasks:\n${tasks}`;
    const files = { 'r.jsonl': '', 'a.mjs': '', 'shop.suite.yaml': text };
    const { folder } = await testProject(files);
    return lines((await loadSuites([path.join(folder, 'shop.suite.yaml')], kinds)).faults);
  };
  const live = 'one: { module: ./a.mjs }';
  const recorded = 'old: { replay: ./r.jsonl }';
  const words = 'The attack "x" has no inject, which live agents need: one';

  test.each<[string, string, string, string[]]>([
    ['where agents are live', live, TASKS, [`5:3 attacks.x: ${words}`]],
    ['where some are', `${live}, ${recorded}`, TASKS, [`5:3 attacks.x: warning: ${words}`]],
    ['not where none is', recorded, TASKS, []],
    [
      'not for a task that is skipped',
      live,
      '  - { id: a, skip: Later, expect: { answer: Done } }\n',
      [],
    ],
  ])('%s', async (_, agents, tasks, wanted) => {
    expect(await told(agents, tasks)).toEqual(wanted);
  });

  test('not where no task runs with them', async () => {
    const faults = await told(live, '  - { id: a, attacks: none, expect: { answer: Done } }\n');
    expect(faults).toEqual(['4:1 attacks: warning: No task runs with the attack "x"']);
  });
});
