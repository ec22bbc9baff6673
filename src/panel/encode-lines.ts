import type { LineFields, LineValue, PlainLine } from './data-lines.ts';
import { encodeText } from './encode-text.ts';
import type { Shown } from './shown.ts';
import { type Swayed, swayIn } from './sway-in.ts';

/** Flags that are told one by one. */
const MOST_FLAGS = 20;

/** Texts that are looked through once however often they come. */
const LONGEST_NAME = 64;

/** Encodes lines, and looks them through for what could sway a judge; flags beyond twenty are counted. */
export function encodeLines(plain: readonly PlainLine[]): Pick<Shown, 'lines' | 'flags'> {
  const flags = new Set<string>();
  const known = new Map<string, Swayed>();

  /** Names are said again and again. */
  function swayOf(text: string): Swayed {
    const swayed = known.get(text) ?? swayIn(text);
    if (text.length <= LONGEST_NAME) known.set(text, swayed);
    return swayed;
  }

  function encoded(where: string, value: LineValue): string {
    if (typeof value === 'string') {
      const { marks, found } = swayOf(value);
      for (const what of found) flags.add(`${where}: ${what}`);
      return encodeText(value, marks);
    }
    if (typeof value !== 'object' || value === null) return String(value);
    return `[${value.map((item) => encoded(where, item)).join(',')}]`;
  }

  const lines = plain.map(({ about: where, json }) => {
    const fields = Object.entries(JSON.parse(json) as LineFields); // as it was written
    return `{${fields.map(([key, value]) => `"${key}":${encoded(where, value)}`).join(',')}}`;
  });
  return { lines, flags: told([...flags]) };
}

function told(flags: readonly string[]): string[] {
  const more = flags.length - MOST_FLAGS;
  return more > 0 ? [...flags.slice(0, MOST_FLAGS), `${more} more of the kind`] : [...flags];
}
