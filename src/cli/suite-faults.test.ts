import { describe, expect, it } from 'vitest';
import { BARE_SETTING } from '../judges/judge.ts';
import { judges } from '../judges/registry.ts';
import { faultsIn, faultsOf, suiteOf, TOOLS } from './suite-faults.test-support.ts';

describe('loadSuites() tells of expectations that judge nothing', () => {
  it.each([
    ['{ grounded: {} }', 'grounded @ {: Give at least one tool with its arguments'],
    ['{ calls: { count: {} } }', 'calls.count @ {: Give at least one tool'],
    [
      '{ handoffs: { in_order: [] } }',
      'handoffs.in_order @ [: Give at least one actor: an empty list forbids nothing',
    ],
    [
      '{ calls: { any_order: [] } }',
      'calls.any_order @ [: warning: any_order: [] forbids nothing: write exact: [] to forbid every call',
    ],
  ])('%s', async (expected, fault) => {
    expect(await faultsOf(expected)).toEqual([fault]);
  });

  it.each(['exact', 'unordered', 'subset'])('but not of %s: []', async (mode) => {
    expect(await faultsOf(`{ calls: { ${mode}: [] } }`)).toEqual([]);
  });
});

describe('loadSuites() validates every key of a map of names', () => {
  it.each([
    ['{ grounded: { __proto__: 5 } }', 'grounded.__proto__ @ 5: Expected a list, got 5'],
    [
      '{ grounded: { __proto__: [1] } }',
      'grounded.__proto__.0 @ 1: Expected text, got 1; write it in quotes',
    ],
    [
      '{ handoffs: { allowed: { __proto__: 5 } } }',
      'handoffs.allowed.__proto__ @ 5: Expected a list, got 5',
    ],
    [
      '{ calls: { count: { __proto__: many } } }',
      'calls.count.__proto__ @ many: Expected a number, got "many"',
    ],
  ])('%s', async (expected, fault) => {
    expect(await faultsOf(expected)).toEqual([fault]);
  });
});

const BESIDE =
  '(a short form has exactly one tool beside result, error, status, actor, times, optional)';
const UNDER_EQ = '(data with $ keys is written under $eq)';
const MIX =
  'an object has either operators or plain keys (with $rest beside them); write data whose keys start with $ under $eq';

describe('loadSuites() tells all that is wrong in a call pattern, at the keys', () => {
  it.each<[string, string[]]>([
    [
      '{ calls: { in_order: [{ a: { x: { $gtt: 1 } }, tims: 2, statuz: ok, times: { mn: 3 } }] } }',
      [
        `calls.in_order.0.a.x.$gtt @ $gtt: Unknown operator $gtt: did you mean "$gt"? ${UNDER_EQ}`,
        `calls.in_order.0.tims @ tims: Unknown key "tims" beside "a": did you mean "times"? ${BESIDE}`,
        `calls.in_order.0.statuz @ statuz: Unknown key "statuz" beside "a": did you mean "status"? ${BESIDE}`,
        'calls.in_order.0.times.mn @ mn: Unknown key "mn" in times: did you mean "min"?',
      ],
    ],
    [
      '{ calls: { any_order: [{ one_of: [{ a: { $x: 1 } }], b: 1, c: 2 }] } }',
      [
        'calls.any_order.0.one_of @ one_of: The group one_of stands in ordered modes only: exact and in_order',
        `calls.any_order.0.one_of.0.a.$x @ $x: Unknown operator $x: known are $eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $contains, $starts_with, $ends_with, $regex, … ${UNDER_EQ}`,
        'calls.any_order.0.b @ b: "b" cannot stand beside the group one_of',
        'calls.any_order.0.c @ c: "c" cannot stand beside the group one_of',
      ],
    ],
    [
      '{ never: [{ a: { x: 1, $gt: 2, z: { $contians: 1 } } }] }',
      [
        `never.0.a.x @ x: Cannot mix the plain key "x" with the operator $gt: ${MIX}`,
        `never.0.a.z.$contians @ $contians: Unknown operator $contians: did you mean "$contains"? ${UNDER_EQ}`,
      ],
    ],
    [
      '{ answer: { $rest: 5, $gt: 1 } }',
      [
        'answer.$rest @ $rest: $rest stands beside plain keys, not beside operators: it is about the others',
      ],
    ],
    [
      '{ never: [{ get_order: {}, times: 2 }] }',
      ['never.0.times @ times: "times" cannot stand here: only elements of calls are counted'],
    ],
    [
      '{ never: [{ status: { a: 1 } }] }',
      [
        'never.0 @ {: A call pattern needs the name of a tool: { tool_name: arguments } or { tool: name }; a tool named "status" needs the long form { tool: status }',
        'never.0.status @ {: status takes one or a list of ok, failed, blocked, unknown, not { a: 1 }',
      ],
    ],
    [
      '{ never: [{ tol: a, args: {} }] }',
      ['never.0.tol @ tol: Unknown key "tol", did you mean "tool"?'],
    ],
    [
      '{ never: [{ get_order: , args: {} }] }',
      [
        'never.0.args @ args: "args" stands beside "tool" only: write { tool: get_order, args: … } or { get_order: … }',
      ],
    ],
    [
      '{ calls: { in_order: [{ one_oof: [a] }] } }',
      ['calls.in_order.0.one_oof @ one_oof: Unknown key "one_oof", did you mean "one_of"?'],
    ],
    [
      '{ calls: { in_order: [{ get_order: [a] }] } }',
      ['calls.in_order.0.get_order @ [: Arguments are a map of names to matchers, not ["a"]'],
    ],
    [
      '{ never: [{ a: {}, status: [ok, faild] }, { a: {}, status: okk }] }',
      [
        'never.0.status.1 @ faild: Unknown status "faild": did you mean "failed"?',
        'never.1.status @ okk: Unknown status "okk": did you mean "ok"?',
      ],
    ],
    [
      '{ calls: { in_order: [{ a: {}, times: { min: -1 } }, { a: {}, times: { min: 2, max: 1 } }] } }',
      [
        'calls.in_order.0.times.min @ -1: min takes a whole number from 0, not -1',
        'calls.in_order.1.times @ {: times takes a number, or { min, max } with min not above max, not { min: 2, max: 1 }',
      ],
    ],
  ])('%s', async (expected, faults) => {
    expect((await faultsOf(expected)).toSorted()).toEqual(faults.toSorted());
  });
});

describe('loadSuites() checks names of tools and arguments', () => {
  const ARGUMENT = 'Unknown argument "ammount" of refund_order, did you mean "amount"?';
  const TOOL = 'Unknown tool "get_ordr", did you mean "get_order"?';
  it.each<[string, string[]]>([
    [
      '{ calls: { in_order: [{ get_ordr: {} }, { get_order: {}, tims: 2 }] } }',
      [
        `calls.in_order.0.get_ordr @ get_ordr: ${TOOL}`,
        `calls.in_order.1.tims @ tims: Unknown key "tims" beside "get_order": did you mean "times"? ${BESIDE}`,
      ],
    ],
    [
      '{ never: [get_ordr, { refund_order: { ammount: { $gtt: 1 } } }, 5] }',
      [
        `never.0 @ get_ordr: ${TOOL}`,
        `never.1.refund_order.ammount.$gtt @ $gtt: Unknown operator $gtt: did you mean "$gt"? ${UNDER_EQ}`,
        `never.1.refund_order.ammount @ ammount: ${ARGUMENT}`,
        'never.2 @ 5: A call pattern is a tool name, { tool_name: arguments } or { tool: name, args: … }, not 5',
      ],
    ],
    [
      '{ calls: { in_order: [get_ordr], among: { tool: [a], tools: [get_ordr] } } }',
      [
        `calls.in_order.0 @ get_ordr: ${TOOL}`,
        'calls.among.tool @ tool: Unknown key "tool", did you mean "tools"?',
        `calls.among.tools.0 @ get_ordr: ${TOOL}`,
      ],
    ],
    [
      '{ totals: [{ of: [refund_order, get_ordr], arg: ammount, must: { $lte: 5 } }] }',
      [`totals.0.of.1 @ get_ordr: ${TOOL}`, `totals.0.arg @ ammount: ${ARGUMENT}`],
    ],
    [
      '{ totals: [{ of: "*", arg: ammount, must: 1 }] }',
      ['totals.0.arg @ ammount: Unknown argument "ammount" of *, did you mean "amount"?'],
    ],
    [
      '{ grounded: { refund_order: [ammount, "*", amount], get_ordr: [x] } }',
      [`grounded.refund_order.0 @ ammount: ${ARGUMENT}`, `grounded.get_ordr @ get_ordr: ${TOOL}`],
    ],
    ['{ calls: { count: { get_ordr: 1 } } }', [`calls.count.get_ordr @ get_ordr: ${TOOL}`]],
    [
      '{ answer: { $not: { $from: [get_ordr, "get_*"] } }, not: [{ says: { $from: [get_ordr] } }] }',
      [
        `answer.$not.$from.0 @ get_ordr: ${TOOL}`,
        'answer.$not.$from.1 @ "get_*": "get_*" is no name of a tool; * is no wildcard here, name each tool',
        `not.0.says.$from.0 @ get_ordr: ${TOOL}`,
      ],
    ],
    ['{ answer: { $eq: { $from: [get_ordr] } } }', []],
  ])('%s', async (expected, faults) => {
    expect((await faultsOf(expected, TOOLS)).toSorted()).toEqual(faults.toSorted());
  });
});

describe('loadSuites() goes on after', () => {
  const judged = '{ answer: x }';
  const KEY = 'Unknown key "trails", did you mean "trials"?';

  it.each<[string, string, string[]]>([
    [
      'an unknown tag',
      suiteOf(judged, 'trails: 2\ndescription: !text { a: b }\n'),
      ['3:1 trails: KEY', '4:14 : Unknown tag !text; write the value in quotes if it is text'],
    ],
    [
      'a second document',
      `${suiteOf(judged, 'trails: 2\n')}---\na: 1\n`,
      ['3:1 trails: KEY', '5:1 : A second document begins here, expected one in a file'],
    ],
    [
      'a key that is a map',
      suiteOf(judged, 'trails: 2\n? { a: b }\n: c\n'),
      ['3:1 trails: KEY', '4:3 : A key must be text, not a map or a list'],
    ],
    [
      'a fault in a tool, whose input is sound',
      suiteOf(
        '{ never: [{ a: { y: 1 } }] }',
        'tools: { a: { efect: read, input: { type: object, properties: { x: {} } } } }\n',
      ),
      [
        '3:15 tools.a.efect: Unknown key "efect", did you mean "effect"?',
        '4:54 tasks.0.expect.never.0.a.y: Unknown argument "y" of a, it takes x',
      ],
    ],
    [
      'an id that for_each makes again',
      `${suiteOf(judged)}  `.replace(
        '{ id: t,',
        '{ id: t, for_each: [{ a: 1 }, { a: 1 }, { a: x }], trials: "{{a}}",',
      ),
      [
        '3:15 tasks.0.id: for_each makes the task id "t" twice; put a {{name}} that differs into it',
        '3:68 tasks.0.trials: Expected a number, got "x" (entry 3 of for_each)',
      ],
    ],
  ])('%s', async (_, text, faults) => {
    expect((await faultsIn(text)).map((line) => line.replace(KEY, 'KEY'))).toEqual(faults);
  });
});

describe('loadSuites() takes weights of verdicts and of what they stand below', () => {
  const expected = `{
    calls: [{ in_order: [a] }, { count: { a: 1 } }], answer: { $contains: x }, never: [a],
    before: [{ first: a, then: b }], not: [{ never: [b] }, { stop: completed }], limits: { turns: 3 } }`;
  const weighing = (name: string, value = expected) =>
    faultsIn(suiteOf(value).replace('{ id: t,', `{ id: t, weights: { "${name}": 2 },`));

  it.each([
    'calls',
    'calls.0',
    'calls.0.in_order',
    'calls.1.count',
    'answer',
    'not.1',
    'stop',
    'limits',
  ])('such as %s', async (name) => {
    expect(await weighing(name)).toEqual([]);
  });

  it.each([
    ['answer.$contains', 'did you mean'],
    ['calls.in_order.0', 'did you mean'],
    ['calls.in_order', 'did you mean "calls.0.in_order"?'],
    ['calls.1.count.a', 'did you mean "calls.1.count"?'],
    ['limits.turns', 'did you mean "limits"?'],
    ['never.0', 'did you mean "never"?'],
    ['before.0.first', 'expect'],
    ['not.0.never', 'did you mean'],
    ['in_order', 'did you mean "calls.0.in_order"?'],
  ])('but not %s', async (name, mend) => {
    const faults = await weighing(name);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`Weight of "${name}", which no expectation is, `);
    expect(faults[0]).toContain(mend);
  });

  it('as the judges name them', () => {
    const setting = { ...BARE_SETTING, judges } as const;
    const values: Record<string, unknown> = {
      calls: [{ in_order: ['a'] }, { count: { a: 1 } }],
      not: [{ stop: 'completed' }, { never: ['a'] }],
      before: [{ first: 'a', then: 'b' }],
      last: { of: 'a', is: 'b' },
      totals: [{ of: 'a', arg: 'x', must: 1 }],
      never: ['a'],
      grounded: { a: ['x'] },
      handoffs: { exact: ['a'] },
      no_loops: true,
      limits: { turns: 1 },
      check: './x.ts#y',
      metrics: { reference: [{ a: { x: 1 } }], tool_call_f1: true, tool_call_recall: true },
    };
    for (const judge of judges) {
      const value = values[judge.key] ?? 'x';
      const given = judge.prepare(value, setting).map(({ suffix }) => suffix);
      expect(judge.verdicts?.(value) ?? [[]]).toEqual(given);
    }
    const single = { any_order: ['a'] };
    const calls = judges.find(({ key }) => key === 'calls');
    expect(calls?.verdicts?.(single)).toEqual([['any_order']]);
  });
});

describe('loadSuites() tells of each {{name}} that is not replaced', () => {
  const EQ = 'text that is meant so stands under $eq';
  const each = (text: string) =>
    text.replace('{ id: t,', '{ id: "{{n}}", for_each: [{ n: a }, { n: b }],');

  it.each<[string, string, string[]]>([
    [
      'in a file of a task with for_each',
      each(suiteOf('./e.yaml')),
      [`1:11 answer: {{n}} is not replaced here, only in a task with for_each; ${EQ}`],
    ],
    [
      'in keys',
      each(suiteOf('{ never: [{ a: { "{{n}}": 1 } }] }')),
      ['3:92 tasks.0.expect.never.0.a.{{n}}: {{n}} is not replaced in a key, only in values'],
    ],
    [
      'in expectations of a task without for_each',
      suiteOf('{ answer: "x {{n}}" }'),
      [`3:47 tasks.0.expect.answer: {{n}} is not defined, as the task has no for_each; ${EQ}`],
    ],
    [
      'in expectations of the suite',
      each(suiteOf('{ answer: x }', 'expect: { says: "{{n}}" }\n')),
      [`3:17 expect.says: {{n}} is not replaced here, only in a task with for_each; ${EQ}`],
    ],
    [
      'but only as a warning in the input',
      suiteOf('{ answer: x }').replace('input: hi', 'input: "Hi {{ user.name }}"'),
      ['3:25 tasks.0.input: warning: {{ user.name }} is not replaced, as the task has no for_each'],
    ],
    [
      'and not where it is meant',
      suiteOf('{ answer: { $not: { $eq: "{{n}}" } }, says: { $regex: "{{2}} {{}}" } }'),
      [],
    ],
    [
      'and not what was put in',
      suiteOf('{ answer: "{{n}}" }').replace('{ id: t,', '{ id: t, for_each: [{ n: "{{n}}" }],'),
      [],
    ],
  ])('%s', async (_, text, faults) => {
    const files = { 'e.yaml': `{ answer: "{{n}}" }\n` };
    expect(await faultsIn(text, files)).toEqual(faults);
  });
});

describe('loadSuites() reads', () => {
  it('operators whose names are written with escapes', async () => {
    const bad = await faultsOf('{ answer: { "\\x24regex": "a(" } }');
    expect(bad).toEqual([
      expect.stringContaining('answer.$regex @ "a(": $regex takes a valid pattern'),
    ]);
    const from = suiteOf('x').replace(/tasks:.*/s, 'tasks: { from: ./t.jsonl }\n');
    const line = '{"id":"a","expect":{"answer":{"\\u0024schema":{"type":"text"}}}}\n';
    expect(await faultsIn(from, { 't.jsonl': line })).toEqual([
      expect.stringContaining('expect.answer.$schema: $schema takes a valid JSON Schema'),
    ]);
  });

  it.each(['nullable: true', 'discriminator: { propertyName: kind }'])(
    'schemas of arguments with %s',
    async (more) => {
      const input = `{ type: object, properties: { x: { ${more}, anyOf: [{ type: string }] } } }`;
      expect(await faultsOf('{ never: [a] }', `tools: { a: { input: ${input} } }\n`)).toEqual([]);
      expect(await faultsOf(`{ answer: { $schema: ${input} } }`)).toEqual([]);
    },
  );
});

describe('loadSuites() places what keeps a line from being JSON', () => {
  const from = suiteOf('x').replace(/tasks:.*/s, 'tasks: { from: ./t.jsonl }\n');
  it.each([
    ['{"id": x}', "1:8 : The line is not JSON: Unexpected token 'x'"],
    ['{"id": "a" "b": 1}', "1:12 : The line is not JSON: Expected ',' or '}' after property value"],
    ['{"id": "a", }', '1:13 : The line is not JSON: Expected double-quoted property name'],
    [
      '{"id": ["a", {}, 1.5e3, true], "b": "\\x"}',
      '1:37 : The line is not JSON: Bad escaped character',
    ],
    ['{"id": "a"', "1:10 : The line is not JSON: Expected ',' or '}' after property value"],
    ['{"id": "a', '1:8 : The line is not JSON: Unterminated string'],
    ['{} {}', '1:4 : The line is not JSON: Unexpected non-whitespace character after JSON'],
  ])('%s', async (line, fault) => {
    expect(await faultsIn(from, { 't.jsonl': line })).toEqual([fault]);
  });
});

describe('loadSuites() tells one mistake once', () => {
  it.each<[string, string[]]>([
    [
      '{ calls: { in_oder: [a] } }',
      ['calls.in_oder @ in_oder: Unknown key "in_oder", did you mean "in_order"?'],
    ],
    [
      '{ handoffs: { exct: [a] } }',
      ['handoffs.exct @ exct: Unknown key "exct", did you mean "exact"?'],
    ],
    [
      '{ calls: { count: { a: { mn: 1 } } } }',
      ['calls.count.a.mn @ mn: Unknown key "mn", did you mean "min"?'],
    ],
    ['{ limits: { trns: 1 } }', ['limits.trns @ trns: Unknown key "trns", did you mean "turns"?']],
    ['{ limits: {} }', ['limits @ {: Give at least one ceiling']],
    [
      '{ calls: { exact: [], in_order: [] } }',
      [
        'calls.in_order @ in_order: A block of calls has exactly one of exact, in_order, any_order, unordered, subset, count, not exact and in_order',
      ],
    ],
    [
      '{ answer: { $approx: { value: 5, withn: 1 } } }',
      ['answer.$approx.withn @ withn: Unknown key "withn" in $approx: did you mean "within"?'],
    ],
    [
      '{ answer: { $type: [string, numbr] } }',
      ['answer.$type.1 @ numbr: Unknown type "numbr": did you mean "number"?'],
    ],
    [
      '{ answer: { $size: -1 } }',
      ['answer.$size @ -1: $size takes a whole number from 0, or a matcher of one, not -1'],
    ],
    [
      '{ answer: { $size: many } }',
      ['answer.$size @ many: $size takes a whole number from 0, or a matcher of one, not "many"'],
    ],
  ])('%s', async (expected, faults) => {
    expect(await faultsOf(expected)).toEqual(faults);
  });

  const H = 'suite: s\nagents: { rec: { replay: ./r.jsonl } }\n';
  it.each<[string, string[]]>([
    [`${H}tasks: x\n`, ['3:8 tasks: Expected a list of tasks or { from: ./tasks.jsonl }, got "x"']],
    [H, ['1:1 tasks: "tasks" is missing, expected a list of tasks or { from: ./tasks.jsonl }']],
    [
      suiteOf('{ answer: x }').replace('./r.jsonl', '5'),
      ['2:26 agents.rec.replay: Expected the path of a recording or { file, agent }, got 5'],
    ],
    [
      suiteOf('{ answer: x }, prefer: ./x.yaml'),
      ['3:60 tasks.0.prefer: Expected a map, got "./x.yaml"'],
    ],
    [
      `${H}tasks:\n  - id: a\n    expect:\n      never:\n        - *_order: {}\n        - b\n`,
      [
        '7:11 tasks.0.expect.never.0: *_order is read as an alias, and no anchor &_order stands before it; write it in quotes: "*_order":',
      ],
    ],
    [
      suiteOf('{ answer: "{{m}}" }').replace(
        '{ id: t,',
        '{ id: "{{n}}", for_each: [{ n: a, m: 1 }, { n: b }, { n: c }],',
      ),
      ['3:101 tasks.0.expect.answer: {{m}} is not defined by entry 2 of for_each'],
    ],
  ])('%s', async (text, faults) => {
    expect(await faultsIn(text, { 'x.yaml': '{ answer: x }' })).toEqual(faults);
  });
});

describe('loadSuites() tells what an expectation as a whole shows', () => {
  const NULL = 'warning: Nothing stands here, which is read as null; write null where it is meant';
  it.each<[string, string[]]>([
    [
      '{ calls: { in_order: [{ a: { x: { $as: total } } }, { b: { y: { $lte: { $ref: totl } } } }] } }',
      [
        'calls.in_order.1.b.y.$lte.$ref @ totl: Nothing in this expectation captures "totl", did you mean "total"?',
      ],
    ],
    [
      '{ answer: { $ref: order }, not: [{ says: { $ref: x } }] }',
      [
        'answer.$ref @ order: Nothing in this expectation captures "order", it has no $as',
        'not.0.says.$ref @ x: Nothing in this expectation captures "x", it has no $as',
      ],
    ],
    [
      '{ before: [{ first: { a: { x: { $as: o } } }, then: { b: { x: { $ref: o } } } }], says: { $eq: { $ref: x } } }',
      [],
    ],
    ['{ stop: complete }', ['stop @ complete: Unknown stop "complete": did you mean "completed"?']],
    [
      '{ stop: { $not: { $in: [completed, limits, null] } } }',
      ['stop.$not.$in.1 @ limits: Unknown stop "limits": did you mean "limit"?'],
    ],
    ['{ stop: { $regex: compl } }', []],
    ['{ answer: , says: x }', [`answer @ answer: ${NULL}`]],
    [
      '{ calls: { in_order: [{ refund: { amount: }, result: }] } }',
      [
        `calls.in_order.0.refund.amount @ amount: ${NULL}`,
        `calls.in_order.0.result @ result: ${NULL}`,
      ],
    ],
    ['{ never: [{ refund: }, { refund: { amount: null } }] }', []],
  ])('%s', async (expected, faults) => {
    expect(await faultsOf(expected)).toEqual(faults);
  });
});
