/** The deepest nesting of lists and objects that is taken from an agent. */
export const MOST_LEVELS = 256;

/** Whether brackets outside of strings in a JSON text are nested deeper than any message has need of; what walks through it could otherwise run out of stack. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > MOST_LEVELS) return true;
  }
  return false;
}
