import { squeezed } from './squeezed.ts';

/** A token that says enough to be known again by itself: an address, a link, an account, a number of some length. */
export interface Code {
  /** Its letters and digits, in lower case. */
  readonly token: string;
  /** Where it begins. */
  readonly at: number;
  readonly end: number;
}

/** Fewest letters and digits of such a token. */
const LEAST = 8;
/** Words that a token may be spread over, such as the groups of an account number. */
const MOST_WORDS = 10;

const MAIL = /(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g;
const LINK =
  /(?<![@\w.-])(?:https?:\/\/)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,24})(?![\w@])((?::\d+)?[/?#][^\s"'<>()[\]]*)?/gi;
/** Days, times and amounts, which many texts share. */
const COMMON =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]+\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}:\d{2}(?::\d{2})?|(?<!\d)\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<!\d)\d+\.\d+/g;
const WORD = /[\p{L}\p{N}_]+/gu;
const DIGIT = /\p{N}/u;

/** The tokens of a plain text that say enough: with so many letters and digits. */
export function codesIn(text: string, least = LEAST): Code[] {
  const found: Code[] = [];
  const add = (token: string, at: number, end: number) => {
    if (token.length >= least) found.push({ token, at, end });
  };
  if (text.includes('.')) {
    for (const { 0: mail, index } of text.matchAll(MAIL))
      add(squeezed(mail), index, index + mail.length);
    for (const { 0: link, 1: host = '', 2: path = '', index } of text.matchAll(LINK)) {
      add(squeezed(host), index, index + link.length);
      if (path.length > 1) add(squeezed(host + path), index, index + link.length);
    }
  }
  if (!DIGIT.test(text)) return found;
  const rest = /\d[-/.:,]\d/.test(text)
    ? text.replace(COMMON, (common) => ' '.repeat(common.length))
    : text;
  addNumbered(rest, add);
  return found;
}

/** Words with digits in them, and runs of such words with little between them. */
function addNumbered(text: string, add: (token: string, at: number, end: number) => void): void {
  let run: { word: string; at: number; end: number }[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!DIGIT.test(word)) {
      if (run.length > 0) run = [];
      continue;
    }
    const end = index + word.length;
    const last = run.at(-1);
    if (last && !/^[ \-./()+]{0,3}$/.test(text.slice(last.end, index))) run = [];
    run.push({ word, at: index, end });
    if (run.length > MOST_WORDS) run.shift();
    let token = '';
    for (let from = run.length - 1; from >= 0; from--) {
      const { word: part, at } = run[from] as { word: string; at: number }; // from < length
      token = squeezed(part) + token;
      add(token, at, end);
    }
  }
}
