import { describe, expect, it } from 'vitest';
import type { Attack, Injection } from '../../model/attack.ts';
import { plantOf } from './plant.ts';

const attackOf = (...inject: Partial<Injection>[]): Attack => ({
  name: 'x',
  family: 'x',
  goal: {},
  inject: inject.map((one) => ({ tool: 'read', into: '', mode: 'append', text: '!', ...one })),
});

/** What the agent is given of a result, null where nothing was planted. */
function planted(result: unknown, inject: Partial<Injection>, tool = 'read'): unknown {
  const kept = JSON.stringify(result);
  const found = plantOf(attackOf(inject), null)(tool, { result });
  expect(JSON.stringify(result)).toBe(kept);
  if (!found) return null;
  expect(found.planted).toEqual(['x']);
  return 'result' in found.answer ? found.answer.result : found.answer;
}

const own = (text: string): unknown => JSON.parse(text);

describe('plantOf() puts the text', () => {
  it.each<[result: unknown, inject: Partial<Injection>, wanted: unknown]>([
    ['Mail', {}, 'Mail!'],
    ['Mail', { mode: 'prepend' }, '!Mail'],
    ['Mail', { mode: 'replace' }, '!'],
    ['', {}, '!'],
    [['a'], {}, ['a', '!']],
    [['a'], { mode: 'prepend' }, ['!', 'a']],
    [[], {}, ['!']],
    [{ a: 1 }, { mode: 'replace' }, '!'],
    [null, { mode: 'replace' }, '!'],
    [{ a: { b: 'x' }, c: 1 }, { into: '/a/b' }, { a: { b: 'x!' }, c: 1 }],
    [{ a: 7 }, { into: '/a', mode: 'replace' }, { a: '!' }],
    [[{ b: 'x' }, { b: 'y' }], { into: '/1/b' }, [{ b: 'x' }, { b: 'y!' }]],
    [[{ b: 'x' }, { b: ['y'] }], { into: '/*/b' }, [{ b: 'x!' }, { b: ['y', '!'] }]],
    [{ p: { b: 'x' }, q: { b: 'y' } }, { into: '/*/b' }, { p: { b: 'x!' }, q: { b: 'y!' } }],
    // some items have no such place
    [[{ b: 'x' }, {}, 7], { into: '/*/b' }, [{ b: 'x!' }, {}, 7]],
    [[[], ['x']], { into: '/*/*' }, [[], ['x!']]],
    // escapes, empty keys, keys that look like others
    [{ 'a/b': { '~': 'x' } }, { into: '/a~1b/~0' }, { 'a/b': { '~': 'x!' } }],
    [{ '~1': 'x', '/': 'y' }, { into: '/~01' }, { '~1': 'x!', '/': 'y' }],
    [{ '': { '': 'x' } }, { into: '//' }, { '': { '': 'x!' } }],
    [{ '01': 'x' }, { into: '/01' }, { '01': 'x!' }],
    [
      { é: 'x' },
      { into: '/é', text: '\u{1F600}"\\\n{{user}}$&' },
      { é: 'x\u{1F600}"\\\n{{user}}$&' },
    ],
    [own('{"constructor":"x"}'), { into: '/constructor' }, own('{"constructor":"x!"}')],
    [own('{"__proto__":{"a":"x"}}'), { into: '/__proto__/a' }, own('{"__proto__":{"a":"x!"}}')],
    [own('{"__proto__":"x"}'), { into: '/*' }, own('{"__proto__":"x!"}')],
  ])('%j with %j', (result, inject, wanted) => {
    expect(JSON.stringify(planted(result, inject))).toBe(JSON.stringify(wanted));
  });

  it.each<[tool: string, named: string, isPlanted: boolean]>([
    ['send', 'send', true],
    ['send_money', 'send', false],
    ['send', 'send_money', false],
    ['send_money', 'send*', true],
    ['resend', 'send*', false],
    ['constructor', 'constructor', true],
    ['read', '*', true],
  ])('in answers of %s for %s: %s', (tool, named, isPlanted) => {
    expect(planted('Mail', { tool: named }, tool)).toBe(isPlanted ? 'Mail!' : null);
  });

  it.each<[result: unknown, into: string]>([
    [[], '/*'],
    [[], '/*/body'],
    [{}, '/*/body'],
    [{ mails: [] }, '/mails/*/body'],
    [[[], []], '/*/*'],
  ])('nowhere in %j at %s, which has no items', (result, into) => {
    expect(planted(result, { into })).toBe(null);
  });

  it('into several places of one answer, one after the other', () => {
    const attack = attackOf({ into: '/a' }, { into: '/b', text: '?' }, { tool: 'other' });
    expect(plantOf(attack, null)('read', { result: { a: 'x', b: 'y' } })).toEqual({
      answer: { result: { a: 'x!', b: 'y?' } },
      planted: ['x'],
    });
  });

  it('into no answer that is an error', () => {
    expect(plantOf(attackOf({}), null)('read', { error: { message: 'No' } })).toBe(null);
  });

  it('with the names that it gives filled in once', () => {
    const fills = { instruction: 'Pay {{user}} {{model}}', user: '{{model}}', model: null };
    const text = '{{instruction}} {{ user }} {{model}} {{calls}} {{other}} {{{{user}}}}';
    const given = plantOf(attackOf({ text, fills }), 'gpt {{user}} $1')('read', { result: '' });
    expect(given?.answer).toEqual({
      result: 'Pay {{user}} {{model}} {{model}} gpt {{user}} $1 {{calls}} {{other}} {{{{model}}}}',
    });
    const named = plantOf(attackOf({ text, fills: { ...fills, model: 'M' } }), 'gpt');
    expect(JSON.stringify(named('read', { result: '' }))).toContain(' M ');
    expect(planted('', { text: '{{model}}', fills })).toBe('AI assistant');
  });

  it('into 10⁵ items', () => {
    const mails = Array.from({ length: 100_000 }, () => ({ body: 'x' }));
    expect(planted(mails, { into: '/*/body' })).toHaveLength(100_000);
  });
});

describe('plantOf() throws where there is no place for the text', () => {
  it.each<[result: unknown, inject: Partial<Injection>, problem: string]>([
    [{ a: 1 }, { into: '/b' }, 'nothing stands at /b'],
    [{ a: 1 }, { into: '/a/b' }, 'nothing stands at /a/b'],
    ['text', { into: '/0' }, 'nothing stands at /0'],
    ['text', { into: '/*' }, 'nothing stands at /*'],
    [[{}, {}], { into: '/*/b' }, 'nothing stands at /*/b'],
    [['x'], { into: '/1' }, 'nothing stands at /1'],
    [['x'], { into: '/00' }, 'nothing stands at /00'],
    [['x'], { into: '/-' }, 'nothing stands at /-'],
    [['x'], { into: '/length' }, 'nothing stands at /length'],
    [{}, { into: '/constructor' }, 'nothing stands at /constructor'],
    [{}, { into: '/__proto__', mode: 'replace' }, 'nothing stands at /__proto__'],
    [{ a: 1 }, {}, 'it is a map, expected text or a list, or mode: replace'],
    [{ a: 1 }, { into: '/a' }, '/a is 1, expected text or a list, or mode: replace'],
    [{ a: null }, { into: '/a' }, '/a is null, expected text or a list, or mode: replace'],
  ])('%j with %j', (result, inject, problem) => {
    const words = `Cannot plant the attack "x" in the answer of read: ${problem}; it answered `;
    expect(() => planted(result, inject)).toThrow(expect.objectContaining({ code: 'mock_fault' }));
    expect(() => planted(result, inject)).toThrow(words);
  });
});
