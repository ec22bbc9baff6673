/** What names a record, as far as the beginning of its line tells. */
export interface RecordHeader {
  suite?: unknown;
  task?: unknown;
  agent?: unknown;
  trial?: unknown;
  attack?: unknown;
  /** Every key that matters was found, or cannot stand elsewhere in the line. */
  complete: boolean;
}

const NAMES = ['suite', 'task', 'agent', 'trial', 'attack'] as const;
const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|([{}[\],:])|([^\s{}[\],:"]+))/y;
const HEAD = 2048;

/** Reads the keys at the head of a record up to its steps, without parsing the line. */
export function scanHeader(line: Buffer): RecordHeader {
  const header: RecordHeader = { complete: false };
  const text = line.toString('utf8', 0, Math.min(line.length, HEAD));
  TOKEN.lastIndex = 0;
  if (next(text)?.[2] !== '{') return header;
  for (;;) {
    const key = next(text);
    const colon = key?.[1] === undefined ? null : next(text);
    if (!key || colon?.[2] !== ':') return header;
    const name = key[1] as string; // a string token
    if (name === 'steps') return { ...header, complete: isComplete(header, line) };
    const value = scalar(next(text));
    if (value === undefined) return header;
    const end = next(text)?.[2];
    if (end === undefined) return header; // a line that is cut may have cut the value
    if ((NAMES as readonly string[]).includes(name)) header[name as (typeof NAMES)[number]] = value; // one of NAMES
    if (end !== ',') return header;
  }
}

function next(text: string): RegExpExecArray | null {
  return TOKEN.exec(text);
}

/** The value of a scalar token; undefined for anything else. */
function scalar(token: RegExpExecArray | null): unknown {
  if (!token || token[2] !== undefined) return undefined;
  try {
    return JSON.parse(token[0].trim());
  } catch {
    return undefined;
  }
}

/** Whether no name that is still wanted can stand behind the steps. */
function isComplete(header: RecordHeader, line: Buffer): boolean {
  if (typeof header.task !== 'string' || typeof header.agent !== 'string') return false;
  if (typeof header.trial !== 'number') return false;
  return (['suite', 'attack'] as const).every(
    (name) => Object.hasOwn(header, name) || !line.includes(`"${name}"`),
  );
}
