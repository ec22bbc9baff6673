import { beforeAll, describe, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import {
  called,
  type HostileCase,
  record,
  SAID,
  statusesIn,
  writeCase,
} from './hostile-project.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

/** A recording, and what must come of it. */
interface Row extends HostileCase {
  readonly name: string;
  readonly code: 0 | 1 | 2 | 3;
  /** Status by task and trial. */
  readonly gives: Readonly<Record<string, string>>;
  /** What the report must say. */
  readonly says?: RegExp;
}

const NOTHING = '{ calls: { exact: [] } }';
const NEVER = '{ never: [delete_account] }';
const call = (more: object) => ({ type: 'tool_call', id: 'c1', tool: 'look', args: {}, ...more });
const result = (more: object) => ({ type: 'tool_result', id: 'c1', result: 1, ...more });

const lines: readonly Row[] = [
  {
    name: 'a line that is not JSON among good ones',
    lines: [record(), '{"schema_version":1, task: b}', record({ task: 'c' })],
    tasks: { a: NOTHING, c: NOTHING },
    code: 3,
    gives: { 'a#1': 'pass', 'null#1': 'error', 'c#1': 'pass' },
    says: /line 2: It is not valid JSON/,
  },
  {
    name: 'a last line that is cut off',
    lines: [record(), JSON.stringify(record({ task: 'b' })).slice(0, -20)],
    end: '',
    tasks: { a: NOTHING, b: NOTHING },
    code: 3,
    gives: { 'a#1': 'pass', 'b#1': 'error' },
  },
  {
    name: 'a byte order mark, line ends of Windows, blank lines and no last line end',
    lines: [`\ufeff${JSON.stringify(record())}\r`, '', '  \r', record({ task: 'b' })],
    end: '',
    tasks: { a: NOTHING, b: NOTHING },
    code: 0,
    gives: { 'a#1': 'pass', 'b#1': 'pass' },
  },
  {
    name: 'bytes that are not UTF-8',
    lines: [Buffer.from(JSON.stringify(record()).replace('Done', 'D\xffne'), 'latin1')],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /not UTF-8/,
  },
  {
    name: 'an empty recording',
    lines: [''],
    end: '',
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /Trial 1 is not recorded/,
  },
  {
    name: 'JSON that is no object',
    lines: ['[1, 2]', 'null', record()],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'pass', 'null#1': 'error', 'null#2': 'error' },
  },
  {
    name: 'two lines of one trial',
    lines: [record(), record()],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /recorded twice, in lines 1 and 2/,
  },
  {
    name: 'a recording of other tasks',
    lines: [record({ task: 'b' }), record({ task: 'c' })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /warning: 2 lines of .* name tasks that the suite lacks/,
  },
  {
    name: 'a recording of another agent',
    lines: [record({ agent: 'someone' })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
  },
  {
    name: 'fewer trials than planned',
    lines: [record({ trial: 1 }), record({ trial: 3 })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'pass', 'a#2': 'error', 'a#3': 'pass' },
  },
  {
    name: 'a trial number beyond all sense',
    lines: [record(), record({ trial: 4e15 })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'pass', 'a#2': 'error' },
    says: /names no trial: a whole number from 1 to 1,000,000/,
  },
  ...[
    ['suite', 'hostile'],
    ['agent', 'recorded'],
  ].map(([name = '', value = '']) => ({
    name: `bytes that are not UTF-8 in the name of the ${name}`,
    lines: [
      record(),
      Buffer.from(
        JSON.stringify(
          record({ trial: 2, steps: [...called('delete_account', {}), SAID] }),
        ).replace(`"${name}":"${value}"`, `"${name}":"${value}\xff"`),
        'latin1',
      ),
    ],
    tasks: { a: NEVER },
    code: 3 as const,
    gives: { 'a#1': 'pass', 'a#2': 'error' },
    says: /not UTF-8/,
  })),
  {
    name: 'a line that is cut in the number of its trial',
    lines: [record(), JSON.stringify(record({ trial: 12 })).replace(/2,"steps".*$/, '')],
    end: '',
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'pass', 'a#2': 'error' },
    says: /line 2: It is not valid JSON \(it is the last line and has no end\)/,
  },
  {
    name: 'a line that cannot be read beyond the trials that are planned',
    lines: [record(), JSON.stringify(record({ trial: 7 })).slice(0, -5), record({ trial: 8 })],
    tasks: { a: NOTHING },
    more: 'trials: 1\n',
    code: 3,
    gives: { 'a#1': 'pass', 'a#7': 'error' },
    says: /1 line of .* is of a trial that is not planned/,
  },
  {
    name: 'a line that names its agent, suite or attack twice',
    lines: [
      JSON.stringify(record()).replace(/}$/, ',"suite":"other"}'),
      JSON.stringify(record({ trial: 2 })).replace(/}$/, ',"\\u0061ttack":"leak"}'),
      JSON.stringify(record({ trial: 3 })).replace(/}$/, ',"agent":"other"}'),
    ],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error', 'a#2': 'error', 'a#3': 'error' },
    says: /gives one of its names twice/,
  },
  {
    name: 'figures below zero, which would hide what was spent',
    lines: [
      record({
        steps: [{ type: 'model', cost_usd: 5 }, { type: 'model', cost_usd: -5 }, SAID],
      }),
    ],
    tasks: { a: '{ limits: { cost_usd: 1 } }' },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /cost_usd/,
  },
  {
    name: 'figures whose sum is beyond all numbers',
    lines: [1, 2, 3].map((trial) =>
      record({
        trial,
        steps: [{ type: 'model', cost_usd: 1e308 }, { type: 'model', cost_usd: 1e308 }, SAID],
      }),
    ),
    tasks: { a: '{ limits: { cost_usd: 1 } }' },
    code: 1,
    gives: { 'a#1': 'fail', 'a#2': 'fail', 'a#3': 'fail' },
  },
  {
    name: 'fewer trials than must pass',
    lines: [record(), record({ trial: 2 })],
    tasks: { a: NOTHING },
    more: 'pass: { at_least: 3 }\n',
    code: 3,
    gives: { 'a#1': 'pass', 'a#2': 'pass' },
  },
  {
    name: 'a newer version of the record',
    lines: [record({ schema_version: 2 })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /newer than 1/,
  },
  {
    name: 'keys that are not known',
    lines: [
      record({
        mood: 'good',
        steps: [
          { ...SAID, tone: 'warm' },
          { type: 'x-note', n: 1 },
        ],
      }),
    ],
    tasks: { a: NOTHING },
    code: 0,
    gives: { 'a#1': 'pass' },
  },
];

const steps: readonly Row[] = [
  {
    name: 'a misspelt type of step',
    lines: [record({ steps: [{ ...call({}), type: 'toolcall' }, SAID] })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /"toolcall" is not known, did you mean "tool_call"/,
  },
  {
    name: 'a call without arguments',
    lines: [record({ steps: [{ type: 'tool_call', id: 'c1', tool: 'look' }, SAID] })],
    tasks: { a: NEVER },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /neither "args" nor "args_missing"/,
  },
  {
    name: 'arguments that were redacted, under a `never` that asks about them',
    lines: [record({ steps: [call({ args: undefined, args_missing: 'redacted' }), SAID] })],
    tasks: { a: '{ never: [{ look: { at: secret } }] }' },
    code: 1,
    gives: { 'a#1': 'fail' },
  },
  {
    name: 'a result that no call awaits',
    lines: [record({ steps: [result({}), SAID] })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
  },
  {
    name: 'two unanswered calls of one id',
    lines: [record({ steps: [call({}), call({}), result({}), SAID] })],
    tasks: { a: NEVER },
    code: 3,
    gives: { 'a#1': 'error' },
  },
  {
    name: 'blank ids',
    lines: [
      record({
        steps: [
          call({ id: '' }),
          result({ id: null }),
          call({ id: null }),
          result({ id: '' }),
          SAID,
        ],
      }),
    ],
    tasks: { a: '{ calls: { exact: [{ tool: look, times: 2, status: ok }] } }' },
    code: 0,
    gives: { 'a#1': 'pass' },
  },
  {
    name: 'an id that is used again once answered',
    lines: [record({ steps: [call({}), result({}), call({}), result({}), SAID] })],
    tasks: { a: '{ calls: { exact: [{ tool: look, times: 2, status: ok }] } }' },
    code: 0,
    gives: { 'a#1': 'pass' },
  },
  {
    name: 'a call without a result, where one is required',
    lines: [record({ steps: [call({}), SAID] })],
    tasks: { a: '{ calls: { exact: [{ tool: look, status: ok }] } }' },
    code: 1,
    gives: { 'a#1': 'fail' },
  },
  {
    name: 'tools with the names of built-in properties',
    lines: [
      record({ steps: [...called('constructor', { a: 1 }), ...called('__proto__', {}), SAID] }),
      record({ task: 'b', steps: [...called('__proto__', {}), SAID] }),
    ],
    tasks: {
      a: '{ calls: { exact: [{ constructor: { a: 1 } }, { __proto__: {} }] }, never: [toString] }',
      b: '{ never: [__proto__] }',
    },
    more: 'tools: { constructor: { effect: read }, __proto__: { effect: read }, toString: { effect: write } }\n',
    code: 1,
    gives: { 'a#1': 'pass', 'b#1': 'fail' },
  },
  {
    name: 'an argument named __proto__',
    lines: [
      JSON.stringify(record({ steps: [...called('look', {}), SAID] })).replace(
        '"args":{}',
        '"args":{"__proto__":{"admin":true}}',
      ),
    ],
    tasks: { a: '{ calls: { exact: [{ look: {} }] } }' },
    code: 1,
    gives: { 'a#1': 'fail' },
    says: /__proto__/,
  },
  {
    name: 'lone surrogates',
    lines: [
      record({ steps: [...called('look', { at: '\ud800' }), { ...SAID, content: 'x\udfff' }] }),
    ],
    tasks: { a: '{ calls: { exact: [{ look: { at: y } }] }, answer: { $contains: x } }' },
    code: 1,
    gives: { 'a#1': 'fail' },
  },
  {
    name: 'escape sequences of terminals',
    lines: [
      record({ steps: [...called('look\u001b[2J', { at: '\u001b]0;hi\u0007\u202e' }), SAID] }),
    ],
    tasks: { a: NOTHING },
    code: 1,
    gives: { 'a#1': 'fail' },
    says: /look\\u001b\[2J|look\\x1b\[2J/,
  },
  {
    name: 'a text that makes slow patterns slow',
    lines: [record({ steps: [{ ...SAID, content: `${'a'.repeat(50_000)}!` }] })],
    tasks: { a: '{ answer: { $regex: "^(a+)+$" } }' },
    code: 1,
    gives: { 'a#1': 'fail' },
  },
  {
    name: 'arguments that are nested 10,000 deep',
    lines: [
      JSON.stringify(record({ steps: [...called('look', {}), SAID] })).replace(
        '"args":{}',
        `"args":{"at":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      ),
    ],
    tasks: { a: '{ never: [delete_account], calls: { in_order: [look] } }' },
    code: 0,
    gives: { 'a#1': 'pass' },
  },
];

const ends: readonly Row[] = [
  {
    name: 'an agent that did nothing',
    lines: [record({ steps: [{ type: 'message', role: 'user', content: 'Go on.' }] })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
    says: /neither said nor called anything/,
  },
  {
    name: 'an agent that broke before it did anything',
    lines: [record({ steps: [], stop: 'agent_error' })],
    tasks: { a: NOTHING },
    code: 1,
    gives: { 'a#1': 'fail' },
  },
  {
    name: 'a ceiling that was reached, whatever `stop` accepts',
    lines: [record({ stop: 'limit', limit: 'turns' })],
    tasks: { a: '{ stop: { $any: true } }' },
    code: 1,
    gives: { 'a#1': 'fail' },
  },
  {
    name: 'an end that is not known',
    lines: [record({ stop: null })],
    tasks: { a: NOTHING },
    code: 3,
    gives: { 'a#1': 'error' },
  },
  {
    name: 'a recording that was interrupted',
    lines: [record({ stop: 'interrupted' })],
    tasks: { a: '{ stop: { $any: true } }' },
    code: 3,
    gives: { 'a#1': 'error' },
  },
  {
    name: 'calls that nobody watched',
    lines: [record({ calls: 'not_captured' }), record({ task: 'b', calls: 'not_captured' })],
    tasks: { a: NEVER, b: '{ answer: Done. }' },
    code: 3,
    gives: { 'a#1': 'error', 'b#1': 'pass' },
    says: /Nobody watched the calls/,
  },
  {
    name: 'a ceiling on what the recording does not tell',
    lines: [record()],
    tasks: { a: '{ limits: { cost_usd: 1 } }' },
    code: 3,
    gives: { 'a#1': 'error' },
  },
  {
    name: 'a failure among errors',
    lines: [record({ steps: [...called('delete_account', {}), SAID] }), 'nonsense'],
    tasks: { a: NEVER },
    code: 1,
    gives: { 'a#1': 'fail', 'null#1': 'error' },
  },
];

async function check({ code, gives, says, ...written }: Row): Promise<void> {
  const folder = emptyFolder();
  try {
    writeCase(folder, written);
    const reports = [
      '--reporter',
      'json=report.json',
      '--reporter',
      'terminal',
      '--reporter',
      'junit=junit.xml',
    ];
    const ended = await runAgentops(['eval', ...reports], folder);
    const printed = ended.stdout + ended.stderr;
    expect(printed).not.toMatch(/agentops itself failed|^\s+at /m);
    expect(statusesIn(folder), printed).toEqual(gives);
    expect(ended.code, printed).toBe(code);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be printed
    expect(printed).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(printed).toMatch(says ?? /trials?: /);
  } finally {
    remove(folder);
  }
}

describe('agentops eval, on a hostile recording', () => {
  beforeAll(requireFreshBuild);

  const rows = [...lines, ...steps, ...ends];
  it.concurrent.each(rows)('gives its stated outcome for $name', { timeout: 60_000 }, check);
});
