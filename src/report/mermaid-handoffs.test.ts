import { describe, expect, it } from 'vitest';
import { handsOver, says } from '../match/trajectory.test-support.ts';
import { mermaidOf } from './mermaid-handoffs.ts';

describe('mermaidOf()', () => {
  it('writes a sequence diagram', () => {
    const steps = [handsOver('triage', 'Zahlung 2'), says('Hm'), handsOver('Zahlung 2', 'triage')];
    expect(mermaidOf(steps)).toBe(
      [
        'sequenceDiagram',
        '  participant a0 as triage',
        '  participant a1 as Zahlung 2',
        '  a0->>a1: step 0',
        '  a1->>a0: step 2',
        '',
      ].join('\n'),
    );
  });

  it('writes nothing without hand-overs', () => {
    expect(mermaidOf([says('Hi')])).toBe('');
  });

  it.each([
    'a\n  Note over a0: owned',
    '```\n# Heading',
    '<img src=x onerror=alert(1)>',
    '%%{init: {"securityLevel": "loose"}}%%',
    'a; b ->> c: d',
    '#lt;script#gt;',
    'end',
    'vendor END',
    '[link](javascript:alert(1))',
    '\u202e\u200b\u0000\ud800|`~~~',
    '',
    '   ',
    '__proto__',
  ])('lets %j break out of nothing', (name) => {
    const text = mermaidOf([handsOver(name, 'b'), handsOver('b', name)]);
    const [first, one, other, ...arrows] = text.split('\n');
    expect([first, other]).toEqual(['sequenceDiagram', '  participant a1 as b']);
    expect(one).toMatch(/^ {2}participant a0 as (?:[\p{L}\p{N} ]|#\d+;)+$/u);
    expect(one).not.toMatch(/end/i);
    expect(arrows).toEqual(['  a0->>a1: step 0', '  a1->>a0: step 1', '']);
  });

  it('is bounded however many actors there are, and however long their names', () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      handsOver(`${n}${'x'.repeat(999)}`, `${n + 1}`),
    );
    const text = mermaidOf(many);
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('Note over a0: 9,');
  });
});
