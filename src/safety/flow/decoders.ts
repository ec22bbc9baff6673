import { isAscii } from '../../match/squeezed.ts';
import { addTextIn } from './text-in-bytes.ts';

/** A way in which a text can be written, and how to undo it; gives nothing where the text cannot hold it. */
export interface Decoder {
  readonly name: string;
  decode(text: string): readonly string[];
}

/** Escapes of JSON and of HTML, which stand in the midst of plain text. */
const ESCAPE =
  /\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});/gi;

function unescaped(text: string): readonly string[] {
  if (!text.includes('\\') && !text.includes('&#')) return [];
  const found = text.replace(ESCAPE, (whole, wide, four, two, hex, decimal) => {
    const code =
      decimal === undefined ? Number.parseInt(wide ?? four ?? two ?? hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
  return found === text ? [] : [found];
}

/** Percent-encoding, in whole or in part. */
function unquoted(text: string): readonly string[] {
  if (!text.includes('%')) return [];
  const found = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
  return found === text ? [] : [found];
}

/** What a character is that has no value in an alphabet: one that stands between those that have, or one that ends a run of them. */
const [BETWEEN, ENDS] = [254, 255];

/** Values of ASCII characters by their codes. */
function valuesOf(ends: RegExp, ...alphabets: readonly string[]): Uint8Array {
  const values = Uint8Array.from({ length: 128 }, (_, code) =>
    ends.test(String.fromCharCode(code)) ? ENDS : BETWEEN,
  );
  for (const alphabet of alphabets) {
    for (let at = 0; at < alphabet.length; at++) values[alphabet.charCodeAt(at)] = at;
  }
  return values;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = valuesOf(/[a-z]/i, '0123456789abcdef', '0123456789ABCDEF');
const BASE64 = valuesOf(/=/, `${LETTERS}+/`, `${LETTERS}-_`);

/** Shortest runs that hold a text worth finding, of six characters. */
const [LEAST_DIGITS, LEAST_LETTERS] = [12, 8];
/** Shortest unbroken run that is read by itself. */
const LONG_RUN = 16;

/** Pairs of hexadecimal digits, whatever stands between them; from either digit, as a run may begin with a foreign one. */
function fromHex(text: string): readonly string[] {
  if (text.length < LEAST_DIGITS || !HEXLIKE.test(text)) return [];
  const found: string[] = [];
  const digits = Buffer.from(asciiOf(text).replace(/0x|\\x/gi, ' '), 'latin1');
  const bytes = Buffer.allocUnsafe(digits.length);
  const read = (run: Buffer) => {
    for (const at of [0, 1]) addTextIn(bytes, packFours(run, at, bytes), found);
  };
  for (const run of unbrokenIn(digits, HEX)) read(run);
  for (const run of runsOf(digits, HEX, LEAST_DIGITS)) read(run);
  return found;
}

/** The first of the two digits of an ASCII character is a decimal one. */
const HEXLIKE = /^(?:\D*\d){6}/;

/** Base64 of either alphabet, wrapped or not, from each of the four places at which a group may begin. */
function fromBase64(text: string): readonly string[] {
  if (text.length < LEAST_LETTERS) return [];
  const found: string[] = [];
  const characters = Buffer.from(asciiOf(text), 'latin1');
  const bytes = Buffer.allocUnsafe(characters.length);
  const read = (run: Buffer) => {
    for (let at = 0; at < 4; at++) addTextIn(bytes, packSixes(run, at, bytes), found);
  };
  for (const run of unbrokenIn(characters, BASE64)) read(run);
  for (const run of runsOf(characters, BASE64, LEAST_LETTERS)) read(run);
  return found;
}

/** Runs of so many values of an alphabet, in the place of the codes; characters between them are left out. */
function runsOf(codes: Buffer, alphabet: Uint8Array, least: number): Buffer[] {
  const runs: Buffer[] = [];
  let start = 0;
  let end = 0;
  for (let at = 0; at <= codes.length; at++) {
    const value = at < codes.length ? (alphabet[codes[at] as number] as number) : ENDS; // ASCII
    if (value < BETWEEN) codes[end++] = value;
    else if (value === ENDS) {
      if (end - start >= least) runs.push(codes.subarray(start, end));
      start = end;
    }
  }
  return runs;
}

/** Runs with nothing between their characters that are longer than most words, where there are several things: each may be encoded by itself, and read with the next its end is lost. */
function unbrokenIn(codes: Buffer, alphabet: Uint8Array): Buffer[] {
  const runs: Buffer[] = [];
  let start = 0;
  for (let at = 0; at <= codes.length; at++) {
    const value = at < codes.length ? (alphabet[codes[at] as number] as number) : ENDS; // ASCII
    if (value < BETWEEN) continue;
    const isPart = at - start >= LONG_RUN && at - start < codes.length;
    if (isPart)
      runs.push(Buffer.from(codes.subarray(start, at).map((code) => alphabet[code] ?? 0)));
    start = at + 1;
  }
  return runs;
}

/** Packs values of four bits, from one of them on, into bytes; gives how many. */
function packFours(values: Buffer, from: number, bytes: Buffer): number {
  let length = 0;
  for (let at = from; at + 1 < values.length; at += 2) {
    bytes[length++] = ((values[at] as number) << 4) | (values[at + 1] as number); // at + 1 < length
  }
  return length;
}

/** Packs values of six bits, from one of them on, into bytes; gives how many. */
function packSixes(values: Buffer, from: number, bytes: Buffer): number {
  let length = 0;
  let at = from;
  for (; at + 3 < values.length; at += 4) {
    const second = values[at + 1] as number; // at + 3 < length, as for those below
    const third = values[at + 2] as number;
    bytes[length] = ((values[at] as number) << 2) | (second >> 4);
    bytes[length + 1] = (second << 4) | (third >> 2);
    bytes[length + 2] = (third << 6) | (values[at + 3] as number);
    length += 3;
  }
  const second = values[at + 1] ?? 0;
  if (at + 1 < values.length) bytes[length++] = ((values[at] as number) << 2) | (second >> 4);
  if (at + 2 < values.length) bytes[length++] = (second << 4) | ((values[at + 2] as number) >> 2);
  return length;
}

function asciiOf(text: string): string {
  return isAscii(text) ? text : text.replace(/\P{ASCII}+/gu, ' ');
}

/** Text that reads from right to left. */
function backwards(text: string): readonly string[] {
  const turned = isAscii(text)
    ? Buffer.from(text, 'latin1').reverse().toString('latin1')
    : [...text].reverse().join('');
  return [turned];
}

/** The encodings that are undone, each alone or inside another. */
export const decoders: readonly Decoder[] = [
  { name: 'escapes', decode: unescaped },
  { name: 'percent-encoding', decode: unquoted },
  { name: 'hexadecimal', decode: fromHex },
  { name: 'base64', decode: fromBase64 },
];

/** The order of characters turned round, which is undone before another encoding or after all of them. */
export const reversal: Decoder = { name: 'reversed', decode: backwards };
