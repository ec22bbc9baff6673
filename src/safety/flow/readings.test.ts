import { describe, expect, it } from 'vitest';
import { readingsOf } from './readings.ts';

const secret = 'k7q2mzx9w4vbt8ryl3npd6ca';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const turned = (text: string) => [...text].reverse().join('');
const pairs = (text: string) => hex(text).match(/../g) ?? [];

describe('readingsOf()', () => {
  it.each<[string, string]>([
    ['as it stands', `the key is ${secret}.`],
    ['in capitals', secret.toUpperCase()],
    ['spaced', [...secret].join(' ')],
    ['with zero-width characters', [...secret].join('\u200b')],
    ['with bidi marks', `\u202e${[...secret].join('\u2066')}`],
    ['with combining marks', [...secret].join('\u0301')],
    [
      'in full width',
      secret.replace(/./g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
    ],
    ['with Cyrillic letters', secret.replace('x', 'х').replace('p', 'р').replace('c', 'с')],
    ['with Greek letters', secret.toUpperCase().replace('K', 'Κ').replace('M', 'Μ')],
    ['base64', base64(secret)],
    ['base64 without padding', base64(`${secret}x`).replace(/=+$/, '')],
    ['base64 of the URL alphabet', Buffer.from(`~~~???${secret}`).toString('base64url')],
    ['base64 in a longer one, not at the start of a group', `see ${base64(`ab${secret}cd`)} there`],
    ['base64 in the midst of words', `word${base64(secret)}word`],
    ['base64 wrapped', (base64(secret).match(/.{1,5}/g) ?? []).join('\r\n')],
    ['base64 of UTF-16', Buffer.from(secret, 'utf16le').toString('base64')],
    ['hex', hex(secret)],
    ['hex in capitals after a foreign digit', `a${hex(secret).toUpperCase()}`],
    ['hex with colons', pairs(secret).join(':')],
    [
      'hex with \\x',
      pairs(secret)
        .map((pair) => `\\x${pair}`)
        .join(''),
    ],
    [
      'hex with 0x',
      pairs(secret)
        .map((pair) => `0x${pair}`)
        .join(', '),
    ],
    [
      'percent-encoded',
      pairs(secret)
        .map((pair) => `%${pair}`)
        .join(''),
    ],
    ['percent-encoded in part', secret.replace('q', '%71').replace('9', '%39')],
    [
      'escapes of JSON',
      pairs(secret)
        .map((pair) => `\\u00${pair}`)
        .join(''),
    ],
    ['entities of HTML', [...secret].map((one) => `&#${one.charCodeAt(0)};`).join('')],
    ['backwards', turned(secret)],
    ['base64 of hex', base64(hex(secret))],
    ['hex of base64', hex(base64(secret))],
    ['base64 three times', base64(base64(base64(secret)))],
    ['percent-encoding of base64 of hex', encodeURIComponent(base64(hex(secret)))],
    ['base64 of what reads backwards', base64(turned(secret))],
    ['backwards what is base64', turned(base64(secret))],
  ])('finds what is written %s', (_, text) => {
    expect(readingsOf(text).all.some(({ squeezed }) => squeezed.includes(secret))).toBe(true);
  });

  it('finds text beyond ASCII behind an encoding', () => {
    const found = readingsOf(base64('пароль-секрет-код')).all.map(({ how }) => how.join());
    expect(found).toContain('base64');
  });

  it.each(['6'.repeat(300_000), 'a'.repeat(300_000), '%41'.repeat(100_000), ' '.repeat(300_000)])(
    'does work in proportion to a hostile text (%#)',
    (text) => {
      const total = readingsOf(text).all.reduce((sum, { plain }) => sum + plain.length, 0);
      expect(total).toBeLessThanOrEqual(9 * text.length + 4096);
    },
  );

  it('says that it gave up, and does not go on for ever', () => {
    let text = secret.repeat(2000);
    for (let at = 0; at < 4; at++) text = base64(text) + hex(text).slice(0, 100);
    const { all, cut } = readingsOf(`${text}${turned(text)}${text}`);
    expect(all.length).toBeLessThan(200);
    expect(typeof cut).toBe('boolean');
  });
});
