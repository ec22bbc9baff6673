import type { Step } from '../model/trajectory.ts';
import { counted } from './figures.ts';
import { handoffsIn } from './handoff-diagram.ts';

const MOST_ACTORS = 30;
const MOST_HANDOFFS = 100;
const LONGEST_NAME = 40;

/** Writes the hand-overs of a trajectory as a Mermaid sequence diagram, empty where there are none; names cannot break out of it, of HTML, or of a fenced block. */
export function mermaidOf(steps: readonly Step[]): string {
  const handoffs = handoffsIn(steps);
  const ids = new Map<string, string>();
  const idOf = (actor: string): string | undefined => {
    if (!ids.has(actor) && ids.size < MOST_ACTORS) ids.set(actor, `a${ids.size}`);
    return ids.get(actor);
  };
  const arrows: string[] = [];
  for (const { from, to, step } of handoffs.slice(0, MOST_HANDOFFS)) {
    const [one, other] = [idOf(from), idOf(to)];
    if (one && other) arrows.push(`  ${one}->>${other}: step ${step}`);
  }
  if (ids.size === 0) return '';
  const left = handoffs.length - arrows.length;
  if (left > 0) arrows.push(`  Note over a0: ${counted(left, 'more hand-over')}`);
  const actors = [...ids].map(([actor, id]) => `  participant ${id} as ${labelOf(actor)}`);
  return ['sequenceDiagram', ...actors, ...arrows, ''].join('\n');
}

/** Letters, digits and spaces stand for themselves, whatever else as Mermaid's entity code; the word `end` would end a block. */
function labelOf(actor: string): string {
  const cut = Array.from(actor.slice(0, LONGEST_NAME * 2))
    .slice(0, LONGEST_NAME)
    .join('');
  const name = cut.trim() === '' ? 'unnamed' : cut;
  const safe = name.replace(/[^\p{L}\p{N} ]/gu, coded);
  return safe.replace(/end/gi, (word) => coded(word.charAt(0)) + word.slice(1));
}

function coded(character: string): string {
  return `#${character.codePointAt(0)};`;
}
