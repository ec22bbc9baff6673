import type { AskedAbout } from './judge-exchange.ts';

/** How the parts of a question are called. */
const PART_NAMES: Readonly<Record<string, string>> = {
  rubric: 'its rubric',
  form: 'its answers',
  settings: 'its settings',
  context: 'its context or examples',
  reference: 'its reference',
  shown: 'what it sees',
  other: 'what it sees of the other',
};

/** Why a recording lacks an answer: what is other than in the nearest exchange of the same ballot, one of the same model if there is one. */
export function missingWords(asked: AskedAbout, recorded: readonly AskedAbout[]): string {
  let near: { readonly about: AskedAbout; readonly changed: readonly string[] } | null = null;
  for (const about of recorded) {
    const changed = changedParts(asked, about);
    const isNearer = !near || distance(asked, { about, changed }) < distance(asked, near);
    if (isNearer) near = { about, changed };
  }
  if (!near) {
    return asked.attempt === 1
      ? 'it was never asked this'
      : 'it was not asked again after an answer that was no verdict';
  }
  const { about, changed } = near;
  const model = about.model === asked.model ? [] : [`it was asked of ${about.model}`];
  const parts = changed.length === 0 ? [] : [`${andWords(changed)} changed since it was recorded`];
  return [...model, ...parts].join(', and ') || 'it was asked in another way';
}

function changedParts(asked: AskedAbout, { parts }: AskedAbout): string[] {
  return Object.keys(PART_NAMES)
    .filter((part) => asked.parts[part] !== parts[part])
    .map((part) => PART_NAMES[part] ?? part);
}

function distance(
  asked: AskedAbout,
  { about, changed }: { readonly about: AskedAbout; readonly changed: readonly string[] },
): number {
  return changed.length + (about.model === asked.model ? 0 : 100);
}

function andWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
