import { isAscii, squeezed } from './squeezed.ts';

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
/** Words with digits in them; those of ASCII are found faster. */
const NUMBERED = /(?<![\p{L}\p{N}_])[\p{L}_]*\p{N}[\p{L}\p{N}_]*/gu;
const ASCII_NUMBERED = /\b[A-Za-z_]*\d\w*/g;
const DIGIT = /\p{N}/u;
const ASCII_DIGIT = /\d/;
/** Texts without a token: each token has a digit or a point in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII but points and digits
const PLAIN = /^[\x00-\x2d/:-\x7f]*$/;
/** A point within an address or a link. */
const POINT = /\.[\w-]/;

/** The tokens of a plain text that say enough: with so many letters and digits. */
export function codesIn(text: string, least = LEAST): Code[] {
  const found: Code[] = [];
  if (text.length < least || PLAIN.test(text)) return found;
  const add = (token: string, at: number, end: number) => {
    if (token.length >= least) found.push({ token, at, end });
  };
  if (POINT.test(text)) {
    if (text.includes('@')) {
      for (const { 0: mail, index } of text.matchAll(MAIL))
        add(squeezed(mail), index, index + mail.length);
    }
    for (const { 0: link, 1: host = '', 2: path = '', index } of text.matchAll(LINK)) {
      add(squeezed(host), index, index + link.length);
      if (path.length > 1) add(squeezed(host + path), index, index + link.length);
    }
  }
  const ascii = isAscii(text);
  if (!(ascii ? ASCII_DIGIT : DIGIT).test(text)) return found;
  const rest = /\d[-/.:,]\d/.test(text)
    ? text.replace(COMMON, (common) => ' '.repeat(common.length))
    : text;
  addNumbered(rest, rest.matchAll(ascii ? ASCII_NUMBERED : NUMBERED), add);
  return found;
}

/** Words with digits in them, and runs of such words with little between them. */
function addNumbered(
  text: string,
  words: Iterable<RegExpMatchArray>,
  add: (token: string, at: number, end: number) => void,
): void {
  let run: { token: string; at: number; end: number }[] = [];
  for (const { 0: word, index: at = 0 } of words) {
    const end = at + word.length;
    const last = run.at(-1);
    if (last && !/^[ \-./()+]{0,3}$/.test(text.slice(last.end, at))) run = [];
    run.push({ token: squeezed(word), at, end });
    if (run.length > MOST_WORDS) run.shift();
    let token = '';
    for (let from = run.length - 1; from >= 0; from--) {
      const { token: part, at: start } = run[from] as { token: string; at: number }; // from < length
      token = part + token;
      add(token, start, end);
    }
  }
}
