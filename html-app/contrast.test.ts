import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('style/colours.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media screen and (prefers-color-scheme: dark)');
const LEAST = 4.5;

/** Texts on what they stand on. */
const PAIRS = [
  ...['text', 'faint', 'link', 'pass', 'fail', 'error', 'skip', 'user'].flatMap((text) =>
    ['card', 'page', 'sunk'].map((back) => [text, back] as const),
  ),
  ...['pass', 'fail', 'error', 'skip'].map((text) => [text, `${text}-back`] as const),
  ['page', 'accent'],
  ['heat-0-text', 'heat-0'],
  ['heat-4-text', 'heat-4'],
] as const;

describe.each([
  ['light', light],
  ['dark', light.replace('}', '') + dark],
])('the %s colours', (_name, sheet) => {
  it.each(PAIRS)('let %s be read on %s', (text, back) => {
    const [bright, dim] = [lightness(sheet, text), lightness(sheet, back)].sort((a, b) => b - a);
    expect(((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05)).toBeGreaterThanOrEqual(LEAST);
  });
});

/** Relative luminance of the last colour of that name, as WCAG 2.2 defines it. */
function lightness(sheet: string, name: string): number {
  const hex =
    [...sheet.matchAll(new RegExp(`--${name}: #([0-9a-f]{3,6});`, 'g'))].at(-1)?.[1] ?? '';
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const [red = 0, green = 0, blue = 0] = (full.match(/../g) ?? []).map((part) => {
    const share = Number.parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  if (full.length !== 6) throw new Error(`No colour is called "${name}"`);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
