import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentKinds } from '../agents/registry.ts';
import { judges } from '../judges/registry.ts';
import { loadSuites } from './load-suites.ts';
import { lines, testProject } from './project.test-support.ts';

const HEAD = `suite: shop
agents: { a: { replay: ./r.jsonl } }
judges:
  polite: { model: m, rubric: Is it kind?, scale: [1, 5] }
  solved: { model: m, rubric: Is it solved? }
  kind: { model: m, rubric: What is it?, answers: { good: Good, bad: Bad, odd: Odd } }
`;
const ASKED = 'expect: { judge: { polite: { at_least: 2 }, solved: {}, kind: { is: good } } }\n';

async function load(text: string, files: Readonly<Record<string, string>> = {}) {
  const project = await testProject({ 'r.jsonl': '', 'shop.suite.yaml': text, ...files });
  return loadSuites([path.join(project.folder, 'shop.suite.yaml')], { judges, agents: agentKinds });
}

/** Faults of a task that expects this on line 10. */
async function faultsOf(expected: string): Promise<string[]> {
  const { faults } = await load(`${HEAD}${ASKED}tasks:\n  - id: t\n    expect: ${expected}\n`);
  return lines(faults);
}

describe('loadSuites() checks what judges are held to', () => {
  it.each<[string, string, string[]]>([
    [
      'an unknown name',
      '{ judge: { polit: { at_least: 2 } } }',
      ['10:24 tasks.0.expect.judge.polit: Unknown judge "polit": did you mean "polite"?'],
    ],
    [
      'one that is like none',
      '{ judge: { constructor: { at_least: 2 } } }',
      [
        '10:24 tasks.0.expect.judge.constructor: Unknown judge "constructor": known are polite, solved, kind',
      ],
    ],
    ['no judge', '{ judge: {} }', ['10:22 tasks.0.expect.judge: Expected at least one judge']],
    [
      'nothing of a scale',
      '{ judge: { polite: {} } }',
      [
        '10:32 tasks.0.expect.judge.polite: "polite" has a scale from 1 to 5: give at_least or at_most',
      ],
    ],
    [
      'answers of a scale',
      '{ judge: { polite: { is: pass } } }',
      [
        '10:38 tasks.0.expect.judge.polite.is: "polite" has a scale from 1 to 5 and no answers: give at_least or at_most',
      ],
    ],
    [
      'values off the scale',
      '{ judge: { polite: { at_least: 6, at_most: 7 } } }',
      [
        '10:44 tasks.0.expect.judge.polite.at_least: Expected a number from 1 to 5, got 6',
        '10:56 tasks.0.expect.judge.polite.at_most: Expected a number from 1 to 5, got 7',
      ],
    ],
    [
      'bounds that cross',
      '{ judge: { polite: { at_least: 4, at_most: 3 } } }',
      ['10:32 tasks.0.expect.judge.polite: Nothing is at_least as high and at_most as low as that'],
    ],
    [
      'values of answers',
      '{ judge: { solved: { at_least: 1 } } }',
      [
        '10:44 tasks.0.expect.judge.solved.at_least: "solved" has answers and no scale: say with "is" which of pass, fail hold',
      ],
    ],
    [
      'an unknown answer',
      '{ judge: { solved: { is: pas } } }',
      ['10:38 tasks.0.expect.judge.solved.is: Expected one of its answers, did you mean "pass"?'],
    ],
    [
      'unknown ones among several',
      '{ judge: { kind: { is: [good, bat] } } }',
      ['10:43 tasks.0.expect.judge.kind.is.1: Expected one of its answers, did you mean "bad"?'],
    ],
    [
      'no answer where none is pass',
      '{ judge: { kind: {} } }',
      [
        '10:30 tasks.0.expect.judge.kind: "kind" has no answer "pass": say with "is" which of good, bad, odd hold',
      ],
    ],
    [
      'an unknown key',
      '{ judge: { kind: { iz: good } } }',
      [
        '10:32 tasks.0.expect.judge.kind.iz: Unknown key "iz", expected one of at_least, at_most, is, reference',
      ],
    ],
    [
      'text for a value',
      '{ judge: { polite: { at_least: "4" } } }',
      ['10:44 tasks.0.expect.judge.polite.at_least: Expected a number, got "4"'],
    ],
    [
      'every value',
      '{ judge: { polite: { at_least: 1 } } }',
      ['10:24 tasks.0.expect.judge.polite: warning: Holds whatever "polite" answers'],
    ],
    [
      'every answer',
      '{ judge: { solved: { is: [pass, fail] } } }',
      ['10:24 tasks.0.expect.judge.solved: warning: Holds whatever "solved" answers'],
    ],
    [
      'an unknown name under not',
      '{ not: [{ judge: { polit: { at_least: 2 } } }] }',
      ['10:32 tasks.0.expect.not.0.judge.polit: Unknown judge "polit": did you mean "polite"?'],
    ],
  ])('%s', async (_, expected, wanted) => {
    expect(await faultsOf(expected)).toEqual(wanted);
  });

  it.each([
    '{ judge: { polite: { at_least: 2, at_most: 4, reference: Gladly } } }',
    '{ judge: { solved: { is: [pass] }, kind: { is: [good, odd] } } }',
    '{ not: [{ judge: { polite: { at_most: 1 } } }] }',
  ])('and has nothing against %s', async (expected) => {
    expect(await faultsOf(expected)).toEqual([]);
  });

  it('in prefer, turns, weights, lines of tasks and what for_each makes', async () => {
    const text = `${HEAD}${ASKED}tasks: { from: ./t.jsonl }\n`;
    const tasks = [
      { id: 'a', expect: { judge: { polit: {} } }, prefer: { judge: { solvd: {} } } },
      { id: 'b', conversation: [{ user: 'Hi', expect: { judge: { knd: {} } } }] },
      {
        id: 'c-{{n}}',
        for_each: [{ n: 1, is: 'pas' }],
        expect: { judge: { solved: { is: '{{is}}', reference: 'About {{n}}' } } },
        weights: { 'judge.solved': 2, 'judge.solve': 2, judge: 1, 'judge.polite': 3 },
      },
    ].map((task) => JSON.stringify(task));
    const { faults } = await load(text, { 't.jsonl': tasks.join('\n') });
    expect(lines(faults)).toEqual([
      '1:30 expect.judge.polit: Unknown judge "polit": did you mean "polite"?',
      '1:62 prefer.judge.solvd: Unknown judge "solvd": did you mean "solved"?',
      '2:59 conversation.0.expect.judge.knd: Unknown judge "knd": did you mean "kind"?',
      '3:83 expect.judge.solved.is: Expected one of its answers, did you mean "pass"?',
      '3:149 weights.judge.solve: Weight of "judge.solve", which no expectation is, did you mean "judge.solved"?',
    ]);
  });

  it('and warns of a judge that needs calibration where people can label none of its questions', async () => {
    const judge = 'model: m, rubric: Is it kind?, calibration: { labels: ./l.labels.jsonl }';
    const head = `${HEAD.slice(0, HEAD.indexOf('judges:'))}judges: { kind: { ${judge} } }\n`;
    const asked = 'judge: { kind: {} }';
    const words =
      '"kind" can never be calibrated, so it decides nothing: it is asked only in turns or under not';
    for (const [task, warns] of [
      [`expect: { ${asked} }`, false],
      [`expect: { stop: completed }, prefer: { ${asked} }`, false],
      [`expect: { not: [{ ${asked} }] }`, true],
      [`conversation: [{ user: Hi, expect: { ${asked} } }]`, true],
      [`conversation: [{ user: Hi, expect: { ${asked} } }], expect: { ${asked} }`, false],
    ] as const) {
      const { faults } = await load(`${head}tasks: [{ id: t, ${task} }]\n`);
      expect(
        faults.map(({ message }) => message),
        task,
      ).toEqual(warns ? [words] : []);
    }
  });

  it('and warns of judges that nobody asks, once the rest is sound', async () => {
    const task = 'tasks: [{ id: t, expect: { judge: { solved: {} } } }]\n';
    const { faults, suites } = await load(HEAD + task);
    expect(lines(faults)).toEqual([
      '4:3 judges.polite: warning: No expectation asks the judge "polite"',
      '6:3 judges.kind: warning: No expectation asks the judge "kind"',
    ]);
    expect(Object.keys(suites[0]?.judges ?? {})).toEqual(['polite', 'solved', 'kind']);
    expect(lines((await load(`${HEAD}trails: 1\n${task}`)).faults)).toEqual([
      '7:1 trails: Unknown key "trails", did you mean "trials"?',
    ]);
  });

  it('and tells that a suite has none', async () => {
    const text = HEAD.replace(
      /judges:[\s\S]*/,
      'tasks: [{ id: t, expect: { judge: { solved: {} } } }]\n',
    );
    expect(lines((await load(text)).faults)).toEqual([
      '3:37 tasks.0.expect.judge.solved: Unknown judge "solved": the suite has none',
    ]);
  });

  it('but not where they cannot be read', async () => {
    const text = HEAD.replace(
      /judges:[\s\S]*/,
      'judges: ./no.yaml\ntasks: [{ id: t, expect: { judge: { solved: {} } } }]\n',
    );
    expect(lines((await load(text)).faults)).toEqual(['3:9 judges: There is no file "./no.yaml"']);
  });

  it('and lets none decide about the goal of an attack', async () => {
    const goal =
      'attacks: { x: { goal: { judge: { solved: {} }, not: [{ judge: { nobody: {} } }] } } }\n';
    const { faults } = await load(
      `${HEAD}${ASKED}${goal}tasks: [{ id: t, expect: { answer: x } }]\n`,
    );
    expect(lines(faults)).toEqual([
      '8:25 attacks.x.goal.judge: An LLM judge never decides about safety: a goal is reached by calls or words that rules can see',
      '8:56 attacks.x.goal.not.0.judge: An LLM judge never decides about safety: a goal is reached by calls or words that rules can see',
    ]);
  });

  it('and lets no agent on the same model be judged, unless the suite says so', async () => {
    const text = (may: string) =>
      `${HEAD.replace('model: m, rubric: Is it s', `models: [n, m, o], ${may}rubric: Is it s`).replace('{ replay: ./r.jsonl }', '{ chat: { model: m } }')}${ASKED}tasks: [{ id: t, input: Hi, expect: { answer: x } }]\n`;
    expect(lines((await load(text(''))).faults)).toEqual([
      '4:20 judges.polite.model: The agent "a" runs on this model and would judge itself: name another, or say may_judge_itself: true',
      '5:25 judges.solved.models.1: The agent "a" runs on this model and would judge itself: name another, or say may_judge_itself: true',
      '6:18 judges.kind.model: The agent "a" runs on this model and would judge itself: name another, or say may_judge_itself: true',
    ]);
    const allowed = text('may_judge_itself: true, ').replaceAll(
      /(polite|kind): \{ model: m/g,
      '$1: { model: n',
    );
    expect(lines((await load(allowed)).faults)).toEqual([]);
  });

  it('and the names of tools that they are shown', async () => {
    const text = HEAD.replace(
      'scale: [1, 5]',
      'scale: [1, 5], sees: { steps: { tools: [lok, "pay*"] } }',
    );
    const { faults } = await load(
      `${text}${ASKED}tools: { look: {}, pay: {} }\ntasks: [{ id: t, expect: { answer: x } }]\n`,
    );
    expect(lines(faults)).toEqual([
      '4:84 judges.polite.sees.steps.tools.0: Unknown tool "lok", did you mean "look"?',
    ]);
  });
});
