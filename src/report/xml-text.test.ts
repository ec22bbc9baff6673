import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlAttribute, xmlContent } from './xml-text.ts';

function parse(text: string) {
  const source = `<a b="${xmlAttribute(text)}">${xmlContent(text)}</a>`;
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const element = parser.parseFromString(source, 'text/xml').documentElement;
  return { attribute: element?.getAttribute('b'), content: element?.textContent };
}

describe('xmlAttribute() and xmlContent()', () => {
  it.each([
    ['a <b> & "c" \'d\' ]]> e'],
    ['line\nfeed\ttab'],
    ['carriage\rreturn'],
    ['漢字 😀'],
    ['::error::x\n  ::warning::y ##vso[task]'],
  ])('give %j back to whoever parses the file', (text) => {
    expect(parse(text)).toEqual({ attribute: text, content: text });
  });

  it('show what XML cannot carry as its code', () => {
    const text = 'nul\u0000 esc\u001b[31m lone\ud800 nonchar\uffff bidi\u202e';
    const shown = 'nul\\x00 esc\\x1b[31m lone\\u{d800} nonchar\\u{ffff} bidi\\u{202e}';
    expect(parse(text)).toEqual({ attribute: shown, content: shown });
  });

  it('never write the end of a CDATA section or a line that a CI system obeys', () => {
    const content = xmlContent('x ]]> y\n ::error::z\n##vso[task]');
    expect(content).not.toContain(']]>');
    expect(content).not.toMatch(/^\s*::/m);
    expect(content).not.toContain('##vso[');
  });

  it('give well-formed XML whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { attribute, content } = parse(text);
        expect(attribute).toBe(content);
      }),
    );
  });
});
