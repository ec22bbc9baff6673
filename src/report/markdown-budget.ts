/** A part of a Markdown report: blocks under a heading, each of which may be shed. */
export interface Section {
  readonly heading: string;
  readonly blocks: readonly string[];
  /** Sections with a higher number are shed first. */
  readonly priority: number;
}

/** What a forge takes for one comment (GitHub), in characters. */
const MOST_CHARACTERS = 65_536;

/** Room for the words about what is left out. */
const RESERVE = 1000;

/** Joins sections in their order, with as many blocks as fit; what is left out is counted, with a pointer to it. */
export function fitSections(
  sections: readonly Section[],
  pointer: string,
  most = MOST_CHARACTERS,
): string {
  let room = most - RESERVE - pointer.length;
  const kept = new Map<Section, string>();
  let left = 0;
  for (const section of [...sections].sort((a, b) => a.priority - b.priority)) {
    let text = section.heading === '' ? '' : `${section.heading}\n\n`;
    let fitted = 0;
    for (const block of section.blocks) {
      if (text.length + block.length + 1 > room) break;
      text += `${block}\n`;
      fitted++;
    }
    left += section.blocks.length - fitted;
    if (fitted === 0) continue;
    kept.set(section, text);
    room -= text.length;
  }
  const body = sections.map((section) => kept.get(section) ?? '').join('');
  return left === 0 ? body : `${body}${left} more parts did not fit: ${pointer}\n`;
}
