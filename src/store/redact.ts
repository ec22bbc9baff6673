import { redactValue } from './redact-value.ts';
import { LEAST_SECRET, secretForms } from './secret-forms.ts';

/** Replaces secrets by `[redacted:NAME]`. */
export interface Redactor {
  /** Text in which every form of every secret is replaced. */
  text(text: string): string;
  /** One JSON record: secrets are replaced in its texts, keys and foreign numbers, never in what holds the record together. */
  record(line: string): string;
}

/** Makes a redactor of secrets by name; null where there are none. Values shorter than 4 characters are ignored; where secrets overlap, the longest is replaced. */
export function redactor(secrets: Readonly<Record<string, string>>): Redactor | null {
  const names = new Map<string, string>();
  let escapes = false;
  for (const [name, value] of Object.entries(secrets)) {
    if (value.length < LEAST_SECRET) continue;
    escapes ||= JSON.stringify(value).length > value.length + 2;
    for (const form of secretForms(value)) if (!names.has(form)) names.set(form, name);
  }
  if (names.size === 0) return null;
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(literally).join('|'), 'g');
  const text = (given: string) =>
    given.replace(pattern, (form) => `[redacted:${names.get(form) ?? ''}]`);

  /** Whether parsing may bring a secret to light: as it is, or behind escapes of JSON. */
  const mayHold = (line: string) =>
    line.search(pattern) !== -1 ||
    line.includes('\\u') ||
    line.includes('\\/') ||
    (escapes && line.includes('\\\\'));

  return {
    text,
    record: (line) => {
      if (!mayHold(line)) return line;
      try {
        return JSON.stringify(redactValue(JSON.parse(line), text));
      } catch {
        return text(line); // nested too deeply to be walked: a broken record is better than a leak
      }
    },
  };
}

function literally(form: string): string {
  return form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
