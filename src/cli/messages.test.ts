import { describe, expect, it } from 'vitest';
import { AgentopsError } from '../errors.ts';
import type { Fault } from '../model/suite.ts';
import { errorText, faultsText, noteText, recordFaultsText, warningText } from './messages.ts';

const LOOK = { colour: false, width: 80, ascii: false };
const HOSTILE = 'x\u001b[2J\r\n::error::y\n##vso[z]\u202e';

function fault(more: Partial<Fault> = {}): Fault {
  return {
    file: '/project/suites/shop.suite.yaml',
    line: 12,
    column: 7,
    severity: 'error',
    path: 'tasks.0.expect.cals',
    message: 'Unknown key "cals", did you mean "calls"?',
    frame: '    expect:\n      cals:\n      ^^^^',
    ...more,
  };
}

const nameOf = (file: string) => file.replace('/project/', '');

describe('errorText()', () => {
  it('gives the message of a foreseen error without a stack', async () => {
    const thrown = new AgentopsError('usage', 'Cannot find the run "x"\nexpected an id');
    expect(await errorText(thrown, LOOK)).toBe(
      'error: Cannot find the run "x"\n  expected an id\n',
    );
  });

  it('gives the stack of an error that nobody foresaw', async () => {
    const text = await errorText(new TypeError('x is not a function'), LOOK);
    expect(text).toContain('error: agentops itself failed: x is not a function\n');
    expect(text).toContain('messages.test.ts');
  });

  it('gives the stack of the cause of an internal error', async () => {
    const thrown = new AgentopsError('internal', 'Cannot write the report', {
      cause: new Error('inner'),
    });
    expect(await errorText(thrown, LOOK)).toContain('  Error: inner\n');
  });
});

describe('faultsText()', () => {
  it('gives place, key path, message, the line and the number of faults', async () => {
    expect(
      await faultsText([fault(), fault({ severity: 'warning', path: '' })], LOOK, nameOf),
    ).toBe(
      [
        'suites/shop.suite.yaml:12:7 error',
        '  tasks.0.expect.cals: Unknown key "cals", did you mean "calls"?',
        '  |     expect:',
        '  |       cals:',
        '  |       ^^^^',
        '',
        'suites/shop.suite.yaml:12:7 warning',
        '  Unknown key "cals", did you mean "calls"?',
        '  |     expect:',
        '  |       cals:',
        '  |       ^^^^',
        '',
        '1 fault, 1 warning',
        '',
      ].join('\n'),
    );
  });

  it('ends after a hundred of a file and says how many are left', async () => {
    const many = Array.from({ length: 1200 }, (_, line) => fault({ line }));
    const text = await faultsText(many, LOOK, nameOf);
    expect(text.split(' error\n')).toHaveLength(101);
    expect(text).toMatch(/\n… and 1,100 more in suites\/shop.suite.yaml\n\n1,200 faults\n$/);
  });

  it('is empty without faults', async () => {
    expect(await faultsText([], LOOK, nameOf)).toBe('');
  });
});

describe('recordFaultsText()', () => {
  it('gives each fault a line and the number of all', async () => {
    const faults = [{ file: 'a.jsonl', line: 3, message: 'It has no "agent"' }];
    expect(await recordFaultsText(faults, 1, LOOK)).toBe(
      'a.jsonl:3 error: It has no "agent"\n1 record could not be read\n',
    );
    expect(await recordFaultsText(faults, 1200, LOOK)).toContain(
      '… and more\n1,200 records could not be read\n',
    );
    expect(await recordFaultsText([], 0, LOOK)).toBe('');
  });
});

it('no message steers the terminal or speaks to a CI system', async () => {
  const texts = await Promise.all([
    errorText(new AgentopsError('usage', HOSTILE), LOOK),
    errorText(new Error(HOSTILE), LOOK),
    warningText(HOSTILE, LOOK),
    recordFaultsText([{ file: HOSTILE, line: 1, message: HOSTILE }], 1, LOOK),
    noteText(`::error::\n${HOSTILE}`, LOOK),
    faultsText(
      [fault({ file: HOSTILE, path: HOSTILE, message: HOSTILE, frame: HOSTILE })],
      LOOK,
      nameOf,
    ),
  ]);
  for (const text of texts) {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('##vso[');
  }
});
