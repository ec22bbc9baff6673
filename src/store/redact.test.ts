import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Redactor, redactor } from './redact.ts';

const of = (secrets: Record<string, string>) => redactor(secrets) as Redactor; // there are some

describe('redactor()', () => {
  it('is none where there is nothing to replace', () => {
    expect(redactor({})).toBe(null);
    expect(redactor({ PIN: '123', EMPTY: '' })).toBe(null);
  });
});

describe('Redactor.text()', () => {
  const value = 'p"ss wörd/+&';
  const { text } = of({ KEY: value });

  it.each([
    ['as it is', value],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in a URL', encodeURIComponent(value)],
    [
      'in a URL with small letters',
      encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in a form', encodeURIComponent(value).replaceAll('%20', '+')],
    ['in base64', Buffer.from(value).toString('base64')],
    ['in base64 for URLs', Buffer.from(value).toString('base64url')],
  ])('replaces a secret %s', (_how, form) => {
    expect(text(`a ${form} b`)).toBe('a [redacted:KEY] b');
  });

  it('replaces a secret inside of longer base64, wherever it begins', () => {
    for (const before of ['', 'u', 'us', 'use', 'user']) {
      const encoded = Buffer.from(`${before}:${value}:after`).toString('base64');
      expect(text(`Basic ${encoded}`)).toContain('[redacted:KEY]');
    }
  });

  it('replaces the longest of secrets that overlap', () => {
    const redact = of({ SHORT: 'hunter', LONG: 'hunter22' });
    expect(redact.text('hunter22 hunter')).toBe('[redacted:LONG] [redacted:SHORT]');
  });

  it('never replaces what it has put there', () => {
    expect(of({ A: 'redacted', B: 'secretvalue' }).text('secretvalue')).toBe('[redacted:B]');
  });

  it('leaves no secret in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, unit: 'grapheme' }),
        fc.string(),
        fc.string(),
        (secret, a, b) => {
          fc.pre(!'[redacted:KEY]'.includes(secret));
          const { text } = of({ KEY: secret });
          expect(text(`${a}${secret}${b}`)).toContain('[redacted:KEY]');
        },
      ),
    );
  });
});

describe('Redactor.record()', () => {
  const { record } = of({
    KEY: 'hunter22',
    PIN: '1234',
    WORD: 'pass',
    STEPS: 'steps',
    NULL: 'null',
  });

  it('gives a line without secrets as it is', () => {
    expect(record('{"a": 1.0}')).toBe('{"a": 1.0}');
  });

  it('keeps records readable whatever the secrets are', () => {
    const line = {
      id: 'ab1234ef',
      status: 'pass',
      trial: 1234,
      steps: [
        {
          type: 'tool_call',
          tool: 'login',
          args: { pin: 1234, status: 'pass', hunter22: null, steps: 'a' },
        },
        { type: 'message', role: 'user', content: 'My pin is 1234, hunter22' },
      ],
      trajectory: { offset: 1234, bytes: 12345 },
    };
    expect(JSON.parse(record(JSON.stringify(line)))).toEqual({
      ...line,
      steps: [
        {
          type: 'tool_call',
          tool: 'login',
          args: {
            pin: '[redacted:PIN]',
            status: '[redacted:WORD]',
            '[redacted:KEY]': null,
            '[redacted:STEPS]': 'a',
          },
        },
        { type: 'message', role: 'user', content: 'My pin is [redacted:PIN], [redacted:KEY]' },
      ],
    });
  });

  it('finds a secret behind the escapes of JSON', () => {
    expect(record('{"content":"\\u0068unter22"}')).toBe('{"content":"[redacted:KEY]"}');
    const slash = of({ KEY: 'ab/cd' });
    expect(slash.record('{"content":"ab\\/cd"}')).toBe('{"content":"[redacted:KEY]"}');
    const quote = of({ KEY: 'a"b"c' });
    const inner = JSON.stringify({ key: 'a"b"c' });
    expect(JSON.parse(quote.record(JSON.stringify({ content: inner })))).toEqual({
      content: '{"key":"[redacted:KEY]"}',
    });
  });

  it('replaces a whole digest but no part of one', () => {
    const digest = 'ab12cd34ab12cd34';
    expect(of({ KEY: digest }).record(`{"plan_digest":"${digest}"}`)).toBe(
      '{"plan_digest":"[redacted:KEY]"}',
    );
    expect(of({ KEY: '12cd34' }).record(`{"plan_digest":"${digest}"}`)).toBe(
      `{"plan_digest":"${digest}"}`,
    );
  });

  it('keeps keys such as __proto__', () => {
    expect(record('{"__proto__":"hunter22"}')).toBe('{"__proto__":"[redacted:KEY]"}');
  });

  it('leaves no secret in what is nested too deeply to be walked', () => {
    const deep = `${'['.repeat(50_000)}"hunter22"${']'.repeat(50_000)}`;
    expect(record(`{"world":${deep}}`)).not.toContain('hunter22');
  });
});
