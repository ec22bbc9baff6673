import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lines, loadText, suiteText, testProject } from './project.test-support.ts';

const tools = 'tools: { refund: { input: { type: object, properties: { amount: {} } } } }\n';
const loaded = (task: string, more = '', files = {}) =>
  loadText(suiteText({ tasks: `  - ${task}\n`, more }), files);
const faultsOf = async (task: string, more = '', files = {}) =>
  lines((await loaded(task, more, files)).faults);

describe('loadSuites() reads a conversation', () => {
  test('of texts and of turns with text or data and what they expect', async () => {
    const { suites, faults } = await loaded(
      '{ id: a, conversation: [Hi, { user: { order: 7 } }, { user: ./bye, expect: { answer: Bye } }] }',
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.conversation).toEqual([
      { user: 'Hi', expect: {} },
      { user: { order: 7 }, expect: {} },
      { user: './bye', expect: { answer: 'Bye' } },
    ]);
    expect(suites[0]?.tasks[0]).not.toHaveProperty('input');
  });

  test('with the expectations of a turn in a file', async () => {
    const { suites, faults } = await loaded(
      '{ id: a, conversation: [{ user: Hi, expect: ./hi.yaml }] }',
      '',
      { 'hi.yaml': 'answer: Hello\n' },
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.conversation).toEqual([
      { user: 'Hi', expect: { answer: 'Hello' } },
    ]);
  });

  test('with {{name}} replaced in every turn, keeping types', async () => {
    const { suites, faults } = await loaded(
      '{ id: "{{n}}", for_each: [{ n: a, order: 7 }], conversation: ["Order {{order}}", { user: "{{order}}", expect: { never: [{ refund: { id: "{{order}}" } }] } }] }',
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.conversation).toEqual([
      { user: 'Order 7', expect: {} },
      { user: 7, expect: { never: [{ refund: { id: 7 } }] } },
    ]);
  });

  test('with weights that name verdicts of turns, or what stands above them', async () => {
    const weights =
      '{ conversation: 1, conversation.1: 1, conversation.1.expect: 1, conversation.1.expect.answer: 2 }';
    const { faults } = await loaded(
      `{ id: a, conversation: [Hi, { user: Bye, expect: { answer: Bye } }], weights: ${weights} }`,
    );
    expect(lines(faults)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    [
      'no turn',
      '{ id: a, conversation: [] }',
      ['4:28 tasks.0.conversation: Expected at least one turn'],
    ],
    [
      'an empty text',
      '{ id: a, conversation: [""], limits: { turns: 1 } }',
      ['4:29 tasks.0.conversation.0: Expected text that is not empty, got ""'],
    ],
    [
      'a turn in which nobody speaks',
      '{ id: a, conversation: [{ expect: { answer: a } }] }',
      ['4:29 tasks.0.conversation.0.user: "user" is missing'],
    ],
    [
      'a turn that is neither text nor a map',
      '{ id: a, conversation: [7] }',
      ['4:29 tasks.0.conversation.0: Expected a map, got 7'],
    ],
    [
      'a misspelt key',
      '{ id: a, conversation: [{ user: Hi, expects: { answer: a } }] }',
      ['4:41 tasks.0.conversation.0.expects: Unknown key "expects", did you mean "expect"?'],
    ],
    [
      'an unknown expectation',
      '{ id: a, conversation: [Hi, { user: Hi, expect: { anwser: a } }] }',
      ['4:55 tasks.0.conversation.1.expect.anwser: Unknown key "anwser", did you mean "answer"?'],
    ],
    [
      'an unknown operator',
      '{ id: a, conversation: [{ user: Hi, expect: { answer: { $contians: a } } }] }',
      [
        '4:61 tasks.0.conversation.0.expect.answer.$contians: Unknown operator $contians: did you mean "$contains"? (data with $ keys is written under $eq)',
      ],
    ],
    [
      'an oddity',
      '{ id: a, conversation: [{ user: Hi, expect: { calls: { in_order: [] } } }] }',
      [
        '4:70 tasks.0.conversation.0.expect.calls.in_order: warning: An empty in_order forbids nothing',
      ],
    ],
    [
      'a name that nothing puts in',
      '{ id: a, conversation: ["{{b}}", { user: "{{c}}", expect: { answer: "{{d}}" } }] }',
      [
        '4:29 tasks.0.conversation.0: warning: {{b}} is not replaced, as the task has no for_each',
        '4:46 tasks.0.conversation.1.user: warning: {{c}} is not replaced, as the task has no for_each',
        '4:73 tasks.0.conversation.1.expect.answer: {{d}} is not defined, as the task has no for_each; text that is meant so stands under $eq',
      ],
    ],
    [
      'an input beside it',
      '{ id: a, input: Hi, conversation: [{ user: Hi, expect: { answer: a } }] }',
      ['4:14 tasks.0.input: Both input and conversation are given: the first turn is the input'],
    ],
    [
      'a played user beside it',
      '{ id: a, conversation: [Hi], user: { simulate: { model: m, goal: g } }, limits: { turns: 1 } }',
      [
        '4:34 tasks.0.user: Both conversation and user are given: one of them says what the user says',
      ],
    ],
    [
      'turns that expect nothing, in a task that nothing judges',
      '{ id: a, conversation: [Hi, { user: Bye, expect: {} }] }',
      ['4:5 tasks.0: Nothing judges task "a": give it or the suite expect or limits'],
    ],
    [
      'a weight of a turn that expects nothing',
      '{ id: a, conversation: [Hi, { user: Hi, expect: { answer: a } }], weights: { conversation.0.expect.answer: 2 } }',
      [
        '4:82 tasks.0.weights.conversation.0.expect.answer: Weight of "conversation.0.expect.answer", which no expectation is, did you mean "conversation.1.expect.answer"?',
      ],
    ],
    [
      'a weight without its turn',
      '{ id: a, conversation: [{ user: Hi, expect: { answer: a } }], weights: { answer: 2 } }',
      [
        '4:78 tasks.0.weights.answer: Weight of "answer", which no expectation is, did you mean "conversation.0.expect.answer"?',
      ],
    ],
    [
      'how the trial ends, negated as well',
      '{ id: a, conversation: [{ user: Hi, expect: { stop: completed, not: [{ stop: limit }] } }] }',
      [
        '4:51 tasks.0.conversation.0.expect.stop: How a trial ended is known of the whole trial only: write "stop" under expect of the task',
        '4:76 tasks.0.conversation.0.expect.not.0.stop: How a trial ended is known of the whole trial only: write "stop" under expect of the task',
      ],
    ],
    [
      'the final world',
      '{ id: a, conversation: [{ user: Hi, expect: { world: { a: 1 } } }] }',
      [
        '4:51 tasks.0.conversation.0.expect.world: The final world is known of the whole trial only: write "world" under expect of the task',
      ],
    ],
  ])('and tells of %s', async (_, task, faults) => {
    expect(await faultsOf(task)).toEqual(faults);
  });

  test('and tells of names that no tool has', async () => {
    const task =
      '{ id: a, conversation: [Hi, { user: Hi, expect: { never: [refnd, { refund: { ammount: 1 } }] } }] }';
    expect(await faultsOf(task, tools)).toEqual([
      '5:63 tasks.0.conversation.1.expect.never.0: Unknown tool "refnd", did you mean "refund"?',
      '5:82 tasks.0.conversation.1.expect.never.1.refund.ammount: Unknown argument "ammount" of refund, did you mean "amount"?',
    ]);
  });

  test('and tells of what a file of expectations may not ask of a turn at its path', async () => {
    const task = '{ id: a, conversation: [{ user: Hi, expect: ./hi.yaml }] }';
    expect(await faultsOf(task, '', { 'hi.yaml': 'stop: completed\n' })).toEqual([
      '4:49 tasks.0.conversation.0.expect: How a trial ended is known of the whole trial only: write "stop" under expect of the task',
    ]);
  });
});

describe('loadSuites() reads who plays the user', () => {
  const simulate = (more: string) =>
    `{ id: a, limits: { turns: 9 }, user: { simulate: { model: m, goal: Refund${more} } } }`;

  test('with its recording as an absolute path that need not be there yet', async () => {
    const project = await testProject({
      'r.jsonl': '',
      'shop.suite.yaml': suiteText({
        tasks: `  - ${simulate(', facts: { order: 7, late: true }, stop: Paid, turns: 3, opening: Hi, temperature: 0, recording: ./sim.jsonl')}\n`,
      }),
    });
    const { suites, faults } = await project.load();
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.user).toEqual({
      simulate: {
        model: 'm',
        goal: 'Refund',
        facts: { order: 7, late: true },
        stop: 'Paid',
        turns: 3,
        opening: 'Hi',
        temperature: 0,
        recording: path.join(project.folder, 'sim.jsonl'),
      },
    });
  });

  test('with a script in place of a recording, not with both', async () => {
    const task = (more: string) =>
      `{ id: a, input: Hi, limits: { turns: 9 }, user: { simulate: { model: m, goal: g, ${more} } } }`;
    const { suites, faults } = await loaded(task('script: [x]'));
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.user?.simulate.script).toEqual(['x']);
    expect(await faultsOf(task('script: [x], recording: ./r.jsonl'))).toEqual([
      expect.stringContaining('Both script and recording are given'),
    ]);
  });

  test('beside an input, or with facts as texts, and nothing said first at all', async () => {
    const { suites, faults } = await loaded(
      '{ id: a, input: Hi, limits: { turns: 9 }, user: { simulate: { model: m, goal: g, facts: [My order is 7] } } }',
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks[0]?.input).toBe('Hi');
    expect(await faultsOf('{ id: a, limits: { turns: 9 } }')).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    [
      'no goal',
      '{ id: a, limits: { turns: 9 }, user: { simulate: { model: m } } }',
      ['4:54 tasks.0.user.simulate.goal: "goal" is missing, expected text'],
    ],
    [
      'a misspelt key',
      simulate(', fact: [a]'),
      ['4:80 tasks.0.user.simulate.fact: Unknown key "fact", did you mean "facts"?'],
    ],
    [
      'no turns',
      simulate(', turns: 0'),
      ['4:87 tasks.0.user.simulate.turns: Expected a number above 0, got 0'],
    ],
    [
      'facts that are no text',
      simulate(', facts: { a: [b] }'),
      ['4:92 tasks.0.user.simulate.facts.a: Expected text, got ["b"]'],
    ],
    [
      'a recording outside of the project',
      simulate(', recording: ../../../sim.jsonl'),
      [
        expect.stringMatching(
          /^4:91 tasks.0.user.simulate.recording: "\.\.\/\.\.\/\.\.\/sim.jsonl" lies outside/,
        ) as string,
      ],
    ],
    [
      'an opening beside an input',
      `{ input: Hi, ${simulate(', opening: Hi').slice(1)}`,
      [
        '4:92 tasks.0.user.simulate.opening: Both input and opening are given: the input is what the user says first',
      ],
    ],
    [
      'nothing under user',
      '{ id: a, limits: { turns: 9 }, user: }',
      ['4:36 tasks.0.user: Expected a map, but nothing stands here'],
    ],
  ])('and tells of %s', async (_, task, faults) => {
    expect(await faultsOf(task)).toEqual(faults);
  });
});
