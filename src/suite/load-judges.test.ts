import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentKinds } from '../agents/registry.ts';
import { judges as expectations } from '../judges/registry.ts';
import { loadSuites } from './load-suites.ts';
import { lines, suiteText, testProject } from './project.test-support.ts';

const kinds = { judges: expectations, agents: agentKinds };

type Files = Readonly<Record<string, string>>;

/** Loads a suite with these judges, and the expectation of its task. */
async function load(judges: string, expected: string, files: Files = {}, more = '') {
  const text = suiteText({ more: `${more}judges: ${judges}\n`, expect: expected });
  const project = await testProject({ 'r.jsonl': '', 'shop.suite.yaml': text, ...files });
  const file = path.join(project.folder, 'shop.suite.yaml');
  const loaded = await loadSuites([file], kinds);
  return { ...loaded, folder: project.folder, file };
}

const POLITE = '{ judge: { polite: { at_least: 4 } } }';
const SOLVED = '{ judge: { solved: {} } }';
const MODEL = 'model: m, rubric: Is it kind?';

function trajectory(
  labels: unknown,
  steps: unknown[] = [{ type: 'message', role: 'user', content: 'Hi' }],
) {
  return JSON.stringify({
    schema_version: 1,
    task: 't',
    agent: 'a',
    trial: 1,
    steps,
    stop: 'completed',
    labels,
  });
}

const CALL = { type: 'tool_call', id: 'a', tool: 'look', args: {} };

const RUBRIC = `rubric: kindness
version: 2
source: Our own
text: |
  Is it kind?
  Truly?
scale: [0, 10]
sees: answer
known:
  - name: kind
    answer: 10
    steps: [{ type: message, role: assistant, content: Welcome }]
`;

describe('loadSuites() with judges', () => {
  it('fills in the defaults of a judge that says little', async () => {
    const { suites, faults } = await load(`{ solved: { ${MODEL} } }`, SOLVED);
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.judges?.['solved']).toEqual({
      name: 'solved',
      models: ['m'],
      rubric: { text: 'Is it kind?', name: null, version: null, source: null },
      scale: null,
      answers: { pass: 'The rubric is met', fail: 'The rubric is not met' },
      votes: 1,
      agree: 'majority',
      sees: 'trajectory',
      each: null,
      budget: { result: 4000, total: 400_000 },
      reference: null,
      context: null,
      examples: [],
      temperature: 0,
      mayJudgeItself: false,
      calibration: null,
      canaries: 0,
      known: [],
    });
  });

  it('reads the files that a judge names, which count for the digest but for the labels', async () => {
    const judge = (rubric: string) =>
      `{ polite: { models: [a, b], rubric: ${rubric}, scale: [1, 5], votes: 2, agree: all, sees: { steps: { types: [tool_call] } }, each: tool_call, budget: { result: 9 }, reference: ./ref.md, context: ./sub/policy.md, examples: [{ given: Hm, answer: 2, reason: Curt }], temperature: 0.5, may_judge_itself: true, calibration: { labels: ./later.labels.jsonl, kappa: 0.6 }, canaries: 1, known: ./known.jsonl } }`;
    const steps = [CALL, { type: 'tool_result', id: 'a', result: 1 }];
    const files = {
      'r.md': '\ufeffIs it kind?\r\nTruly?\r\n',
      'ref.md': 'Gladly\n',
      'sub/policy.md': 'Be kind\n',
      'known.jsonl': `\n${trajectory({ polite: 5, other: 'x' }, steps)}\n`,
    };
    const { suites, faults, parts, file, folder } = await load(judge('./r.md'), POLITE, files);
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.judges?.['polite']).toMatchObject({
      models: ['a', 'b'],
      rubric: { text: 'Is it kind?\nTruly?', name: null },
      scale: [1, 5],
      answers: null,
      votes: 2,
      agree: 'all',
      sees: { steps: { types: ['tool_call'] } },
      each: 'tool_call',
      budget: { result: 9, total: 400_000 },
      reference: 'Gladly',
      context: 'Be kind',
      examples: [{ given: 'Hm', answer: 2, reason: 'Curt' }],
      temperature: 0.5,
      mayJudgeItself: true,
      calibration: { labels: path.join(folder, 'later.labels.jsonl'), kappa: 0.6 },
      canaries: 1,
      known: [{ name: 't (line 2)', answer: 5, trajectory: { task: 't' } }],
    });
    const named = [...(parts.get(file)?.files ?? [])].map(
      ([one, how]) => `${path.basename(one)} ${how}`,
    );
    expect(named.sort()).toEqual([
      'known.jsonl read',
      'later.labels.jsonl read',
      'policy.md read',
      'r.jsonl read',
      'r.md read',
      'ref.md read',
      'shop.calibration.json read',
      'shop.judges.jsonl written',
      'shop.suite.yaml read',
    ]);
    const digest = async (name: string, content: string) => {
      await writeFile(path.join(folder, name), content);
      return (await loadSuites([file], kinds)).suites[0]?.digest;
    };
    const first = suites[0]?.digest;
    expect(await digest('later.labels.jsonl', '{}')).toBe(first);
    expect(await digest('shop.calibration.json', '{}')).toBe(first);
    const changed = [
      await digest('r.md', 'Other'),
      await digest('ref.md', 'Other'),
      await digest('sub/policy.md', 'Other'),
      await digest('known.jsonl', `${trajectory({ polite: 1 }, steps)}\n`),
    ];
    expect(new Set([first, ...changed]).size).toBe(5);
  });

  it('reads judges from a file of their own, whose paths are relative to it', async () => {
    const files = {
      'judges/all.yaml': `polite: { model: m, rubric: ./r.md, scale: [1, 5] }\n__proto__: { ${MODEL} }\n`,
      'judges/r.md': 'Is it kind?',
    };
    const asked = '{ judge: { polite: { at_most: 4 }, __proto__: { is: [pass] } } }';
    const { suites, faults } = await load('./judges/all.yaml', asked, files);
    expect(lines(faults)).toEqual([]);
    const judges = suites[0]?.judges ?? {};
    expect(Object.getPrototypeOf(judges)).toBe(null);
    expect(Object.keys(judges)).toEqual(['polite', '__proto__']);
    expect(judges['polite']?.rubric.text).toBe('Is it kind?');
  });

  it('takes what a rubric file says where the judge says nothing else', async () => {
    const files = { 'kind.rubric.yaml': RUBRIC };
    const rubric = 'model: m, rubric: ./kind.rubric.yaml';
    const taken = await load(`{ polite: { ${rubric}, canaries: 1 } }`, POLITE, files);
    expect(lines(taken.faults)).toEqual([]);
    expect(taken.suites[0]?.judges?.['polite']).toMatchObject({
      rubric: { text: 'Is it kind?\nTruly?', name: 'kindness', version: '2', source: 'Our own' },
      scale: [0, 10],
      answers: null,
      agree: 'mean',
      sees: 'answer',
      known: [{ name: 'kind', answer: 10, trajectory: { task: 'kind', stop: 'completed' } }],
    });
    const other = await load(
      `{ solved: { ${rubric}, answers: { pass: Y, no: N }, sees: trajectory } }`,
      SOLVED,
      files,
    );
    expect(lines(other.faults)).toEqual([]);
    expect(other.suites[0]?.judges?.['solved']).toMatchObject({
      scale: null,
      answers: { pass: 'Y', no: 'N' },
      agree: 'majority',
      sees: 'trajectory',
      known: [],
    });
  });

  it('finds ready-made rubrics by name', async () => {
    const { suites, faults } = await load(
      '{ solved: { model: m, rubric: tool_call_correctness, canaries: 2 } }',
      SOLVED,
    );
    expect(lines(faults)).toEqual([]);
    const judge = suites[0]?.judges?.['solved'];
    expect(judge).toMatchObject({
      each: 'tool_call',
      rubric: { name: 'tool_call_correctness', version: '1' },
    });
    expect(judge?.known.length).toBeGreaterThan(1);
  });
});

const ONE = '{ polite: { model: m, rubric: Is it kind?, ';
const FORM = `${ONE}scale: [1, 5], `;

describe('loadSuites() refuses judges', () => {
  it.each([
    [
      'no model',
      '{ polite: { rubric: Is it kind?, scale: [1, 5] } }',
      ['3:19 judges.polite.model: "model" is missing, expected model or models'],
    ],
    [
      'two',
      `${FORM}models: [a] } }`,
      ['3:75 judges.polite.models: model and models are both given, expected one of them'],
    ],
    [
      'the same model twice',
      '{ polite: { models: [a, b, a], rubric: Is it kind?, scale: [1, 5] } }',
      ['3:36 judges.polite.models.2: "a" is there twice; votes says how often each model is asked'],
    ],
    [
      'no rubric',
      '{ polite: { model: m, scale: [1, 5] } }',
      ['3:19 judges.polite.rubric: "rubric" is missing, expected text'],
    ],
    [
      'both forms',
      `${FORM}answers: { a: A, b: B } } }`,
      ['3:76 judges.polite.answers: scale and answers are both given, expected one of them'],
    ],
    [
      'a scale that falls',
      `${ONE}scale: [5, 1] } }`,
      ['3:59 judges.polite.scale: Expected the lowest value and a higher one'],
    ],
    [
      'a scale wider than numbers reach',
      `${ONE}scale: [-1.0e+308, 1.0e+308] } }`,
      ['3:59 judges.polite.scale: Expected values that are less far apart'],
    ],
    [
      'a scale of one value',
      `${ONE}scale: 5 } }`,
      ['3:59 judges.polite.scale: Expected a list, got 5'],
    ],
    [
      'one answer',
      `${ONE}answers: { pass: Yes } } }`,
      ['3:61 judges.polite.answers: Expected two answers or more'],
    ],
    [
      'an unknown key',
      `${FORM}votse: 3 } }`,
      ['3:67 judges.polite.votse: Unknown key "votse", did you mean "votes"?'],
    ],
    [
      'an unknown way to agree',
      `${FORM}agree: majorty } }`,
      [
        '3:74 judges.polite.agree: Expected majority, all, any or mean, got "majorty", did you mean "majority"?',
      ],
    ],
    [
      'an unknown view',
      `${FORM}sees: answers } }`,
      [
        '3:73 judges.polite.sees: Expected answer, conversation or trajectory, got "answers", did you mean "answer"?',
      ],
    ],
    [
      'steps of an unknown type',
      `${FORM}sees: { steps: { types: [tool] } } } }`,
      [
        '3:92 judges.polite.sees.steps.types.0: Expected message, tool_call, approval, handoff or model, got "tool"',
      ],
    ],
    [
      'any steps',
      `${FORM}sees: { steps: {} } } }`,
      [
        '3:82 judges.polite.sees.steps: Give types, tools, actors, first or last; sees: trajectory shows every step',
      ],
    ],
    [
      'an even number of votes',
      `${FORM}votes: 2, agree: majority } }`,
      [
        '3:74 judges.polite.votes: 2 ballots can be a draw under majority, expected an odd number of them',
      ],
    ],
    [
      'an even panel',
      '{ polite: { models: [a, b], rubric: Is it kind? } }',
      [
        '3:29 judges.polite.models: 2 ballots can be a draw under majority, expected an odd number of them',
      ],
    ],
    [
      'a mean of answers',
      `${ONE}agree: mean } }`,
      [
        '3:59 judges.polite.agree: Answers have no mean, expected majority, all or any, or a judge with a scale',
      ],
    ],
    [
      'examples that are off the scale',
      `${FORM}examples: [{ given: Hm, answer: 6 }] } }`,
      ['3:99 judges.polite.examples.0.answer: Expected a number from 1 to 5, got 6'],
    ],
    [
      'examples in other words',
      `${ONE}examples: [{ given: Hm, answer: pas }] } }`,
      ['3:84 judges.polite.examples.0.answer: Expected one of its answers, did you mean "pass"?'],
    ],
    [
      'examples that are no answers',
      `${ONE}examples: [{ given: Hm, answer: true }] } }`,
      ['3:84 judges.polite.examples.0.answer: Expected an answer or a number, got true'],
    ],
    [
      'a rubric that is not known',
      '{ polite: { model: m, rubric: task_competion, scale: [1, 5] } }',
      [
        '3:39 judges.polite.rubric: Unknown rubric "task_competion", did you mean "task_completion"?',
      ],
    ],
    [
      'a rubric of one word',
      '{ polite: { model: m, rubric: Kindness, scale: [1, 5] } }',
      [
        '3:39 judges.polite.rubric: Unknown rubric "Kindness", expected one of argument_correctness, groundedness, plan_adherence, policy_adherence, step_efficiency, task_completion, tone, tool_call_correctness',
      ],
    ],
    [
      'a rubric of blanks',
      '{ polite: { model: m, rubric: "  ", scale: [1, 5] } }',
      ['3:39 judges.polite.rubric: Expected a text that says something'],
    ],
    [
      'a path that begins as none',
      '{ polite: { model: m, rubric: rubrics/kind.md, scale: [1, 5] } }',
      ['3:39 judges.polite.rubric: "rubrics/kind.md" is no text; a file begins with ./ or ../'],
    ],
    [
      'a rubric that is not there',
      '{ polite: { model: m, rubric: ./no.md, scale: [1, 5] } }',
      ['3:39 judges.polite.rubric: There is no file "./no.md"'],
    ],
    [
      'files outside of the project',
      `${FORM}context: ../../etc/passwd } }`,
      [
        expect.stringMatching(
          /^3:76 judges\.polite\.context: "\.\.\/\.\.\/etc\/passwd" lies outside of the project/,
        ),
      ],
    ],
    [
      'labels outside of the project',
      `${FORM}calibration: { labels: ../../x.jsonl } } }`,
      [
        expect.stringMatching(
          /^3:90 judges\.polite\.calibration\.labels: "..\/..\/x.jsonl" lies outside of the project/,
        ),
      ],
    ],
    [
      'an empty reference',
      `${FORM}reference: ./empty.md } }`,
      ['3:78 judges.polite.reference: "./empty.md" holds no text'],
    ],
    [
      'a context that is not UTF-8',
      `${FORM}context: ./latin.md } }`,
      ['3:76 judges.polite.context: Cannot use "./latin.md": The file is not UTF-8 from here on'],
    ],
    [
      'canaries of nothing',
      `${FORM}canaries: 1 } }`,
      [
        '3:77 judges.polite.canaries: There are no known trials to ask: give it known: ./….trajectories.jsonl',
      ],
    ],
    [
      'canaries of other answers',
      '{ polite: { model: m, rubric: groundedness, scale: [1, 5], canaries: 1 } }',
      [
        '3:78 judges.polite.canaries: The rubric "groundedness" has no known trials that are answered as this judge answers: give it known: ./….trajectories.jsonl',
      ],
    ],
    [
      'canaries of whole trials for a judge of calls',
      '{ polite: { model: m, rubric: step_efficiency, each: tool_call, canaries: 1 } }',
      [
        '3:83 judges.polite.canaries: The rubric "step_efficiency" has no known trials that are answered as this judge answers: give it known: ./….trajectories.jsonl',
      ],
    ],
    [
      'more canaries than trials',
      '{ polite: { model: m, rubric: tone, canaries: 99 } }',
      ['3:55 judges.polite.canaries: Only 4 known trials are there to be asked'],
    ],
    [
      'calls to judge that it is not shown',
      `${FORM}sees: answer, each: tool_call } }`,
      [
        '3:73 judges.polite.sees: Each call is judged but none is shown, expected sees: trajectory, or steps of the type tool_call',
      ],
    ],
    [
      'calls to judge that its rubric does not show',
      '{ polite: { model: m, rubric: tone, each: tool_call } }',
      [
        '3:51 judges.polite.each: Each call is judged but none is shown, expected sees: trajectory, or steps of the type tool_call',
      ],
    ],
    [
      'calls to judge and steps without calls',
      `${FORM}sees: { steps: { types: [message] } }, each: tool_call } }`,
      [
        '3:73 judges.polite.sees: Each call is judged but none is shown, expected sees: trajectory, or steps of the type tool_call',
      ],
    ],
    [
      'a kappa above 1',
      `${FORM}calibration: { labels: ./l.jsonl, kappa: 60 } } }`,
      ['3:108 judges.polite.calibration.kappa: Expected a number of at most 1, got 60'],
    ],
  ])('with %s', async (_, judges, wanted) => {
    const files = { 'empty.md': ' \n' };
    const text = suiteText({
      more: `judges: ${judges}\n`,
      expect: '{ judge: { polite: { at_least: 2 } } }',
    });
    const project = await testProject({
      'r.jsonl': '',
      'shop.suite.yaml': text,
      'latin.md': Uint8Array.of(0xe4),
      ...files,
    });
    const { faults, suites } = await loadSuites(
      [path.join(project.folder, 'shop.suite.yaml')],
      kinds,
    );
    expect(suites).toEqual([]);
    const found = lines(faults).filter((line) => line.includes(' judges.'));
    expect(found).toEqual(wanted);
  });
});
