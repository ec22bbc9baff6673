import path from 'node:path';
import { expect, it } from 'vitest';
import { agentKinds } from '../agents/registry.ts';
import { judges } from '../judges/registry.ts';
import { loadSuites } from './load-suites.ts';
import { lines, suiteText, testProject } from './project.test-support.ts';

const SAID = [{ type: 'message', role: 'user', content: 'Hi' }];
const CALL = { type: 'tool_call', id: 'a', tool: 'look', args: {} };

function line(more: Readonly<Record<string, unknown>>): string {
  const names = { schema_version: 1, task: 't', agent: 'a', trial: 1 };
  return JSON.stringify({ ...names, steps: SAID, stop: 'completed', ...more });
}

const GOOD = line({ labels: { polite: 5 } });

/** Faults of a suite whose judge names these files. */
async function faultsOf(files: Readonly<Record<string, string | Uint8Array>>, more = '') {
  const known = Object.keys(files)[0] ?? '';
  const named = known.endsWith('.yaml')
    ? `rubric: ./${known}`
    : `rubric: Is it kind?, known: ./${known}`;
  const text = suiteText({
    more: `judges: { polite: { model: m, scale: [1, 5], ${named}${more} } }\n`,
    expect: '{ judge: { polite: { at_least: 2 } } }',
  });
  const project = await testProject({ 'r.jsonl': '', 'shop.suite.yaml': text, ...files });
  const file = path.join(project.folder, 'shop.suite.yaml');
  const { faults } = await loadSuites([file], { judges, agents: agentKinds });
  return faults.map((fault) => `${path.basename(fault.file)}:${lines([fault])[0]}`);
}

it.each<[string, string | Uint8Array, string[]]>([
  [
    'is not JSON',
    `${GOOD}\n{"a":\n`,
    [expect.stringMatching(/^k\.jsonl:2:5 : The line is not JSON: /)],
  ],
  ['is not UTF-8', Uint8Array.of(0x22, 0xe4, 0x22), ['k.jsonl:1:1 : The line is not UTF-8']],
  ['is no map', '7', ['k.jsonl:1:1 : Expected a map, got 7']],
  [
    'lacks a key',
    '{"schema_version":1,"task":"t","agent":"a","trial":1,"stop":null}',
    ['k.jsonl:1:1 steps: "steps" is missing, expected a list'],
  ],
  [
    'has a step of an unknown type',
    line({ steps: [{ type: 'call' }] }),
    [
      'k.jsonl:1:71 steps.0.type: Expected message, tool_call, tool_result, approval, handoff or model, got "call"',
    ],
  ],
  [
    'has a call without arguments',
    line({ labels: { polite: 1 }, steps: [{ type: 'tool_call', id: 'a', tool: 'look' }] }),
    ['k.jsonl:1:62 steps: Step 0: A tool_call has neither "args" nor "args_missing"'],
  ],
  [
    'has calls that cannot be paired',
    line({ labels: { polite: 1 }, steps: [CALL, CALL] }),
    ['k.jsonl:1:62 steps: Step 1 calls look with the id "a" of a call that has no result yet'],
  ],
  [
    'has no labels',
    line({}),
    [
      'k.jsonl:1:1 labels: Its labels do not say what "polite" is to answer, expected labels: { polite: … }',
    ],
  ],
  [
    'has no label for the judge',
    line({ labels: { other: 5, toString: 1 } }),
    [
      'k.jsonl:1:140 labels: Its labels do not say what "polite" is to answer, expected labels: { polite: … }',
    ],
  ],
  [
    'has a label that is no answer',
    line({ labels: { polite: 'good' } }),
    ['k.jsonl:1:150 labels.polite: Expected a number from 1 to 5, got "good"'],
  ],
  [
    'has a label off the scale',
    `\n${GOOD}\n${line({ labels: { polite: 6 } })}`,
    ['k.jsonl:3:150 labels.polite: Expected a number from 1 to 5, got 6'],
  ],
])('loadSuites() refuses a known trial that %s', async (_, known, wanted) => {
  expect(await faultsOf({ 'k.jsonl': known })).toEqual(wanted);
});

it('loadSuites() refuses a file without known trials, and trials without the one call that is judged', async () => {
  expect(await faultsOf({ 'k.jsonl': '\n' })).toEqual([
    'shop.suite.yaml:3:74 judges.polite.known: "./k.jsonl" holds no trajectory',
  ]);
  expect(await faultsOf({ 'k.jsonl': GOOD }, ', each: tool_call')).toEqual([
    'k.jsonl:1:62 steps: Each call is judged by itself, expected one call in a known trial, found 0',
  ]);
});

const RUBRIC = `rubric: kindness
version: 1
text: Is it kind?
scale: [1, 5]
known:
  - { name: a, answer: 6, steps: [{ type: message, role: user, content: Hi }] }
  - { name: a, answer: 5, steps: [{ type: tool_call, id: a, tool: look }] }
  - { name: b, answer: 5, steps: [] }
`;

it.each<[string, string, string[]]>([
  [
    'known trials that cannot be judged',
    RUBRIC.replace(/.*name: b.*\n/, ''),
    [
      'k.rubric.yaml:6:24 known.0.answer: Expected a number from 1 to 5, got 6',
      'k.rubric.yaml:7:13 known.1.name: The trial "a" is there twice',
      'k.rubric.yaml:7:34 known.1.steps: Step 0: A tool_call has neither "args" nor "args_missing"',
    ],
  ],
  [
    'a known trial without steps',
    RUBRIC,
    ['k.rubric.yaml:8:34 known.2.steps: Expected a list of at least 1 entry, got []'],
  ],
  [
    'calls of which none is the one to judge',
    RUBRIC.replace(/ {2}- .*\n/g, '').replace(
      'known:',
      'each: tool_call\nknown:\n  - { name: a, answer: 1, steps: [{ type: message, role: user, content: Hi }] }',
    ),
    [
      'k.rubric.yaml:7:34 known.0.steps: Each call is judged by itself, expected one call in a known trial, found 0',
    ],
  ],
  [
    'an unknown key',
    'rubric: a\nversion: 1\ntext: Is it?\nvotes: 3\n',
    [
      'k.rubric.yaml:4:1 votes: Unknown key "votes", expected one of rubric, version, source, text, scale, answers, sees, each, known',
    ],
  ],
  [
    'no version',
    'rubric: a\ntext: Is it?\n',
    ['k.rubric.yaml:1:1 version: "version" is missing, expected text'],
  ],
  [
    'both forms',
    'rubric: a\nversion: 1\ntext: Is it?\nscale: [1, 2]\nanswers: { a: A, b: B }\n',
    ['k.rubric.yaml:5:10 answers: scale and answers are both given, expected one of them'],
  ],
])('loadSuites() refuses a rubric file with %s', async (_, rubric, wanted) => {
  expect(await faultsOf({ 'k.rubric.yaml': rubric })).toEqual(wanted);
});
