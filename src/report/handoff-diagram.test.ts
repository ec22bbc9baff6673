import { describe, expect, it } from 'vitest';
import { handsOver, says } from '../match/trajectory.test-support.ts';
import { displayWidth } from './display-width.ts';
import { handoffDiagram, handoffsIn } from './handoff-diagram.ts';
import { createInk } from './ink.ts';

const HOSTILE = '\u001b[2J\r\n::error::x ##vso[z]\u202e\u0000\ud800界';
const tour = [
  says('Hi'),
  handsOver('triage', 'billing'),
  handsOver('billing', 'refunds'),
  handsOver('refunds', 'triage'),
  handsOver('triage', 'triage'),
];

async function draw(steps: typeof tour, width: number | null = 80, ascii = false) {
  const ink = await createInk({ colour: false, width, ascii });
  return handoffDiagram(handoffsIn(steps), ink, width);
}

describe('handoffDiagram()', () => {
  it('draws a lane for each actor', async () => {
    expect(await draw(tour)).toEqual([
      '  triage   billing  refunds',
      '1 │───────→│        │',
      '2 │        │───────→│',
      '3 │←────────────────│',
      '4 │·       │        │',
    ]);
    expect((await draw(tour, 80, true))[3]).toBe('3 |<----------------|');
  });

  it('lists hand-overs where lanes do not fit', async () => {
    expect(await draw(tour.slice(0, 3), 24)).toEqual(['1 triage → billing', '2 billing → refunds']);
  });

  it('draws a single one, and nothing of none', async () => {
    expect(await draw(tour.slice(0, 2))).toEqual(['  triage   billing', '1 │───────→│']);
    expect(await draw(tour.slice(0, 1))).toEqual([]);
  });

  it('leaves the midst of many out', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => handsOver(`a${n % 7}`, `a${(n + 1) % 7}`));
    const lines = await draw(many);
    expect(lines).toHaveLength(1 + 16 + 1 + 8);
    expect(lines[17]).toBe('… 976 more hand-overs');
    expect(lines.at(-1)).toMatch(/^999 /);
  });

  it.each([8, 20, 40, 80, null])('keeps to a width of %s and obeys no name', async (width) => {
    const names = [HOSTILE, 'constructor', '__proto__', 'x'.repeat(100_000), '界'.repeat(50), ''];
    const steps = names.map((name, at) => handsOver(name, names[at + 1] ?? 'b'));
    for (const ascii of [false, true]) {
      for (const line of await draw(steps, width, ascii)) {
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|##vso|^\s*::/u);
        if (width !== null) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, 8));
      }
    }
  });
});
