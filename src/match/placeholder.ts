const NAMED = /\{\{\s*[\p{L}_][\p{L}\p{N}_ .-]*\}\}/u;

/** The first `{{name}}` in a text, which a task with `for_each` replaces; null where there is none. */
export function placeholderIn(text: string): string | null {
  return text.includes('{{') ? (NAMED.exec(text)?.[0] ?? null) : null;
}
