/** Keys that act at once; any other visible one begins a line. */
const AT_ONCE = 'pfusbvq?';
/** Escape sequences, as arrows send them: none of them means anything here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const SEQUENCE = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^\u001b])/gsu;
const VISIBLE = /^\P{C}$/u;

/** What keys come to: a whole command, a line in the making, or a wish to interrupt, suspend or leave. */
export type KeyOutcome =
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'editing'; readonly text: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'suspend' };

/** Takes what a terminal in raw mode sends, given the line so far; after a command, whatever else came with it is dropped: it was typed for another trial. */
export function keyLine(text: string, keys: string): KeyOutcome {
  let line = text;
  for (const key of keys.replace(SEQUENCE, '')) {
    if (key === '\u0003') return { kind: 'interrupt' };
    if (key === '\u001a') return { kind: 'suspend' };
    if (key === '\u0004') return { kind: 'command', line: 'q' };
    if (key === '\r' || key === '\n') {
      if (line === 'n') return { kind: 'command', line: 'n ' }; // no note: another line is not asked for
      if (line !== '') return { kind: 'command', line };
    } else if (key === '\u0015' || key === '\u001b') line = '';
    else if (key === '\u007f' || key === '\b') line = Array.from(line).slice(0, -1).join('');
    else if (line === '') {
      const first = key.toLowerCase();
      if (AT_ONCE.includes(first)) return { kind: 'command', line: first };
      if (/^[nj]$/.test(first)) line = `${first} `;
      else if (/^[-+\d]$/.test(key)) line = key;
    } else if (VISIBLE.test(key) && !(key === ' ' && /^[nj] $/.test(line))) line += key;
  }
  return { kind: 'editing', text: line };
}
