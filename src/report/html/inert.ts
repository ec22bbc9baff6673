/** What could end a block of data, begin or end a comment or a section in it, or end a line of script. Not every `>` and `&`: pages that an agent read are full of them, and in a script they mean nothing. */
const OPENING = /<|(?<=[-\]!])>|[\u2028\u2029]/g;

/** A value as JSON that means the same and that no HTML parser takes for anything but text. */
export function inertJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(
    OPENING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Opens a block of data that ends with `BLOCK_END`. */
export function blockStart(id: string): string {
  return `<script type="application/json" id="${id}">`;
}

/** Ends a block of data. */
export const BLOCK_END = '</script>\n';

/** A block of data as a whole. */
export function block(id: string, value: unknown): string {
  return blockStart(id) + inertJson(value) + BLOCK_END;
}

/** Yields a block that is a list, an element a line. */
export async function* listBlock<T>(
  id: string,
  items: Iterable<T> | AsyncIterable<T>,
  shape: (item: T) => unknown,
): AsyncIterable<string> {
  yield `${blockStart(id)}[`;
  let separator = '\n';
  for await (const item of items) {
    yield separator + inertJson(shape(item));
    separator = ',\n';
  }
  yield `]${BLOCK_END}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in the content of an element. */
export function htmlText(text: string): string {
  return text.replace(/[<>&"']/g, (character) => ENTITIES[character] ?? '');
}
