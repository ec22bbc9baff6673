const TRAILING_SPACE = / +((?:\p{Cc}\[\d+m)*)$/u;

/** Joins lines into text and drops spaces at their ends, also before the code that ends a colour. */
export function joinLines(lines: Iterable<string>): string {
  let text = '';
  for (const line of lines) text += `${line.replace(TRAILING_SPACE, '$1')}\n`;
  return text;
}
