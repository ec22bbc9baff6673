/** A part of a Markdown report: blocks under a heading, each of which may be shed. */
export interface Section {
  /** Our own words: text from outside is no heading. */
  readonly heading: string;
  readonly blocks: readonly string[];
  /** Sections with a higher number are shed first. */
  readonly priority: number;
  /** Only the heading is seen until a reader opens it. */
  readonly folded?: boolean;
}

/** What a forge takes for one comment (GitHub), in characters. */
const MOST_CHARACTERS = 65_536;

/** Room for the words about what is left out. */
const RESERVE = 1000;

/** Joins sections in their order, with as many blocks as fit; what is left out is counted, with a pointer to it. Sizes are those of `commentSize`. */
export function fitSections(
  sections: readonly Section[],
  pointer: string,
  most = MOST_CHARACTERS,
): string {
  let room = most - RESERVE - commentSize(pointer);
  const kept = new Map<Section, string>();
  let left = 0;
  for (const section of [...sections].sort((a, b) => a.priority - b.priority)) {
    const frame = frameOf(section);
    let text = frame.open;
    let size = commentSize(frame.open) + commentSize(frame.close);
    let fitted = 0;
    for (const block of section.blocks) {
      const more = commentSize(block) + 2;
      if (size + more > room) break;
      text += `${block}\n`;
      size += more;
      fitted++;
    }
    left += section.blocks.length - fitted;
    if (fitted === 0) continue;
    kept.set(section, text + frame.close);
    room -= size;
  }
  const body = sections.map((section) => kept.get(section) ?? '').join('');
  const parts = left === 1 ? '1 more part' : `${left} more parts`;
  return left === 0 ? body : `${body}${parts} did not fit: ${pointer}\n`;
}

/** Size of a text in the strictest way that a forge may count it: bytes of UTF-8, with a return before each line feed. */
export function commentSize(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return Buffer.byteLength(text) + lines;
}

function frameOf({ heading, folded = false }: Section): { open: string; close: string } {
  if (folded) {
    return {
      open: `<details>\n<summary>${heading}</summary>\n\n`,
      close: '</details>\n\n',
    };
  }
  return { open: heading === '' ? '' : `${heading}\n\n`, close: '' };
}
