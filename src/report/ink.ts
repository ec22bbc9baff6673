import type { Status } from '../model/status.ts';
import { cutMiddle } from './display-width.ts';
import type { Look } from './reporter.ts';
import { terminalLine, terminalLines } from './terminal-text.ts';

type Paint = (text: string) => string;

/** Signs that carry a meaning, so that colour never has to. */
export interface Signs extends Readonly<Record<Status, string>> {
  readonly near: string;
  readonly missing: string;
  readonly unexpected: string;
  readonly other: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly rule: string;
  readonly answer: string;
  readonly back: string;
  readonly lane: string;
  readonly none: string;
  /** Bars from none to all. */
  readonly bars: string;
  /** An attack reached its goal; a rule was broken; the agent never saw the attack. */
  readonly astray: string;
  readonly violated: string;
  readonly missed: string;
  /** Where two trajectories part. */
  readonly divergence: string;
}

/** The signs where more than ASCII can be shown. */
export const SIGNS: Signs = {
  pass: '✓',
  fail: '✗',
  error: '!',
  skip: '–',
  near: '≠',
  missing: '−',
  unexpected: '+',
  other: '·',
  ellipsis: '…',
  dot: '·',
  rule: '─',
  answer: '→',
  back: '←',
  lane: '│',
  none: '–',
  bars: '▁▂▃▄▅▆▇█',
  astray: '⚑',
  violated: '■',
  missed: '∅',
  divergence: '◆',
};

const plain: Signs = {
  pass: 'v',
  fail: 'x',
  error: '!',
  skip: '-',
  near: '~',
  missing: '-',
  unexpected: '+',
  other: '.',
  ellipsis: '...',
  dot: '-',
  rule: '-',
  answer: '>',
  back: '<',
  lane: '|',
  none: '-',
  bars: '_.-=#',
  astray: 'A',
  violated: 'V',
  missed: 'o',
  divergence: '*',
};

/** Writes for one terminal: its signs, its colours, and text from outside made safe for it. */
export interface Ink {
  readonly width: number | null;
  readonly signs: Signs;
  readonly strong: Paint;
  readonly faint: Paint;
  /** Paints in the colour of a status. */
  readonly as: Readonly<Record<Status, Paint>>;
  /** Text from outside as one safe line, cut in the middle where it is longer than `longest` columns. */
  line(text: string, longest?: number): string;
  /** Text from outside as safe lines. */
  lines(text: string): string[];
}

/** Makes the ink for a terminal. */
export async function createInk(look: Look): Promise<Ink> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: look.colour ? 1 : 0 });
  const signs = look.ascii ? plain : SIGNS;
  return {
    width: look.width,
    signs,
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    as: {
      pass: (text) => chalk.green(text),
      fail: (text) => chalk.red(text),
      error: (text) => chalk.yellow(text),
      skip: (text) => chalk.dim(text),
    },
    line: (text, longest) => safeLine(text, longest, look.ascii, signs.ellipsis),
    lines: (text) => terminalLines(text, look.ascii),
  };
}

function safeLine(
  text: string,
  longest: number | undefined,
  ascii: boolean,
  ellipsis: string,
): string {
  if (longest === undefined) return terminalLine(text, ascii);
  // Far more than can be shown is not worth encoding; both ends are kept for the cut that follows
  const bound = longest * 16;
  const kept =
    text.length <= bound * 2 ? text : text.slice(0, bound) + ellipsis + text.slice(-bound);
  return cutMiddle(terminalLine(kept, ascii), longest, ellipsis);
}
