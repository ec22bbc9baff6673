import { codesIn } from './codes-in.ts';
import { datesIn } from './dates-in.ts';
import { numbersIn } from './occurs.ts';
import { type Origins, originsOf, type Source } from './origins.ts';
import { squeezed } from './squeezed.ts';
import { YES } from './tri.ts';

/** Tells whether a text or number stands before a step, in whatever way it was written there. */
export type WrittenBefore = (value: string | number, before: number) => boolean;

/** Shortest text that says enough, in letters and digits. */
const SHORTEST = 3;
/** Shortest token that may be spread over groups of digits. */
const CODE = 7;

/** First steps at which days, times, numbers and codes stand. */
interface Known {
  readonly texts: Origins;
  readonly folded: Origins;
  readonly firsts: Map<string, number>;
}

/** Makes sources, in the order of their steps, ready to be searched for values that were written otherwise. */
export function writtenOtherwise(sources: readonly Source[]): WrittenBefore {
  let known: Known | null = null;
  return (value, before) => {
    known ??= knownFrom(sources);
    const { firsts, texts, folded } = known;
    const has = (key: string) => (firsts.get(key) ?? Number.POSITIVE_INFINITY) < before;
    if (typeof value === 'number') return has(`number ${value}`);
    const text = foldedForm(value);
    const number = numberOf(text);
    if (number !== null) return has(`number ${number}`) || isCode(text, has);
    const dates = datesIn(text);
    if (dates.days.length + dates.times.length > 0 && isNothing(dates.rest)) {
      const days = dates.days.every((readings) => readings.some((day) => isDayKnown(day, has)));
      const midnight = dates.days.length > 0;
      return (
        days && dates.times.every((time) => (midnight && time === '00:00') || has(`time ${time}`))
      );
    }
    if (folded(before, null).text(text) === YES) return true;
    if (/@|:\/\//.test(text)) return false;
    const words = spacedForm(text);
    if (words.length >= SHORTEST && texts(before, null).text(words) === YES) return true;
    return isCode(text, has);
  };
}

function isCode(text: string, has: (key: string) => boolean): boolean {
  const code = squeezed(text);
  return code.length >= CODE && /\d/.test(code) && has(`code ${code}`);
}

/** A day without a year is that of any year. */
function isDayKnown(day: string, has: (key: string) => boolean): boolean {
  return (
    has(`day ${day}`) || has(`day ${day.startsWith('*') ? '?' : '*'}${day.slice(day.indexOf('-'))}`)
  );
}

const FILLERS =
  /\b(?:t|z|at|on|the|utc|gmt|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|[+-]\d{2}:?\d{2}/g;

function isNothing(rest: string): boolean {
  return /^[\s,.@]*$/.test(rest.replace(FILLERS, ' '));
}

function knownFrom(sources: readonly Source[]): Known {
  const firsts = new Map<string, number>();
  const texts: Source[] = [];
  const folded: Source[] = [];
  for (const { step, tool, leaves } of sources) {
    const note = (key: string) => {
      if ((firsts.get(key) ?? Number.POSITIVE_INFINITY) > step) firsts.set(key, step);
    };
    const forms = leaves.texts.map(foldedForm);
    folded.push({ step, tool, leaves: { texts: forms, numbers: [] } });
    texts.push({ step, tool, leaves: { texts: forms.map(spacedForm), numbers: [] } });
    for (const number of leaves.numbers) note(`number ${number}`);
    for (const form of forms) if (/\d/.test(form)) noteFigures(form, note);
  }
  return { texts: originsOf(texts), folded: originsOf(folded), firsts };
}

function noteFigures(form: string, note: (key: string) => void): void {
  for (const number of numbersIn(form)) note(`number ${number}`);
  for (const [written] of form.matchAll(OTHER_NUMBER)) {
    const number = numberOf(written);
    if (number !== null) note(`number ${number}`);
  }
  const { days, times } = datesIn(form);
  for (const day of days.flat()) {
    note(`day ${day}`);
    note(`day ?${day.slice(day.indexOf('-'))}`);
  }
  for (const time of times) note(`time ${time}`);
  for (const { token } of codesIn(form, CODE)) note(`code ${token}`);
}

/** Compatibility forms undone, letters in one case. */
function foldedForm(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss');
}

/** Words alone, a space between. */
function spacedForm(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Thousands set apart by points or spaces, decimals after a comma. */
const OTHER_NUMBER =
  /(?<![\p{L}\p{N}.,])\d{1,3}(?:(?:\.\d{3})+(?:,\d{1,2})?|(?: \d{3})+(?:[.,]\d{1,2})?|,\d{1,2})(?![\p{L}\p{N}]|[.,]\d)/gu;
const POINTED = /^\d{1,3}(?:,\d{3})*(?:\.\d+)?$|^\d+(?:\.\d+)?$/;
const COMMAED = /^\d{1,3}(?:[. ]\d{3})+(?:,\d{1,2})?$|^\d+,\d{1,2}$|^\d{1,3}(?: \d{3})+\.\d{1,2}$/;

/** The number that a text is, with its currency, per cent and thousands as they may be written; null where it is none. */
function numberOf(text: string): number | null {
  const bare = text
    .trim()
    .replace(/^(?:[\p{Sc}]|usd|eur|gbp|chf)?\s*([+-]?)\s*[\p{Sc}]?\s*(?=\d)/u, '$1')
    .replace(/\s*(?:[\p{Sc}%]|usd|eur|gbp|chf|dollars?|euros?|percent|per cent)$/u, '');
  const sign = bare.startsWith('-') ? -1 : 1;
  const digits = bare.replace(/^[+-]/, '');
  if (POINTED.test(digits)) return sign * Number(digits.replaceAll(',', ''));
  if (!COMMAED.test(digits)) return null;
  const pointed = digits.includes(',')
    ? digits.replace(/[. ]/g, '').replace(',', '.')
    : digits.replace(/[ ]|\.(?=\d{3})/g, '');
  return sign * Number(pointed);
}
