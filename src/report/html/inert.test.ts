import { describe, expect, it } from 'vitest';
import { block, htmlText, inertJson, listBlock } from './inert.ts';

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]>&lt;&#60;',
  '<!-- a --> b --!> c',
  '</script >',
  '</SCRIPT\n>',
  'line\u2028and\u2029paragraph',
  '\ud800 alone, and whole \ud83d\ude00',
  '\u0000\u001b[2J',
];

describe('inertJson', () => {
  it.each(HOSTILE)('leaves nothing in %j that a parser of HTML would look at', (text) => {
    const json = inertJson({ [text]: [text] });
    expect(json).not.toMatch(/<|-->|--!>|\]>|[\p{Zl}\p{Zp}\p{Cc}]/u);
    expect(JSON.parse(json)).toEqual({ [text]: [text] });
  });

  it('adds little to the text of a page that an agent read', () => {
    const text = '<td class="row"><a href="/x?a=1&b=2">Order 1042</a></td>'.repeat(100);
    expect(inertJson(text).length).toBeLessThan(1.5 * JSON.stringify(text).length);
  });

  it('writes what JSON cannot hold as null', () => {
    expect(inertJson(undefined)).toBe('null');
    expect(inertJson(Number.NaN)).toBe('null');
  });

  it('keeps a key that is called __proto__', () => {
    const value: unknown = JSON.parse('{"__proto__":1}');
    expect(inertJson(value)).toBe('{"__proto__":1}');
  });
});

describe('listBlock', () => {
  it.each([[[]], [['a']], [['a', '</script>', 'c']]])('yields %j as one block', async (items) => {
    let text = '';
    for await (const piece of listBlock('names', items, (item) => item)) text += piece;
    const found = /^<script type="application\/json" id="names">([^<]*)<\/script>\n$/.exec(text);
    expect(JSON.parse(found?.[1] ?? '')).toEqual(items);
  });
});

describe('block', () => {
  it('holds one end of a script, its own', () => {
    expect(block('a', HOSTILE).match(/<\/script/g)).toHaveLength(1);
  });
});

describe('htmlText', () => {
  it('leaves neither tags nor quotes nor references', () => {
    expect(htmlText(`<a href="x" title='y'>&amp;`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;',
    );
  });
});
