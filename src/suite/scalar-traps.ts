import type { Scalar } from 'yaml';
import { changedNumber } from './changed-number.ts';
import type { KeyPath } from './kinds.ts';
import type { Span } from './source.ts';

/** A scalar that does not read as it looks. */
export interface ScalarTrap {
  severity: 'error' | 'warning';
  message: string;
  span: Span;
}

const CUT = /[ \t]+#(?=[^\s])/y;
const BELOW = /[ \t]*\r?\n( +)#\d(?![^\n]*:(?:\s|$))/my;
/** Keys and operators under which a number is meant. */
const numeric = new Set(
  [
    'limits',
    'gate',
    'pass',
    'weights',
    'trials',
    'temperature',
    'scale',
    'kappa',
    'delay_ms',
    'usd_per_million_tokens',
    'max_cost_usd',
    'max_seconds',
  ].concat(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ['$gt', '$gte', '$lt', '$lte', '$approx', '$size'],
  ),
);

/** Finds what a plain scalar loses or changes when it is read: cut text, and numbers that are not what they look like. */
export function scalarTrap(node: Scalar.Parsed, text: string, path: KeyPath): ScalarTrap | null {
  const [start, end] = node.range;
  const isPlain = node.type === 'PLAIN';
  if (!isPlain && node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE') return null;
  if (isCut(text, start, end)) return cut({ start, end: lineEnd(text, end) });
  if (!isPlain) return null;
  if (isCutBelow(text, start, end)) return cut({ start, end });
  if (typeof node.value !== 'number') return null;
  const trap = numberTrap(node.source, node.value, path);
  return trap && { ...trap, span: { start, end } };
}

function isCut(text: string, start: number, end: number): boolean {
  if (start === end) return text[end] === '#' && /\S/.test(text[end + 1] ?? ' ');
  const next = text[end];
  if (next !== ' ' && next !== '\t') return false;
  CUT.lastIndex = end;
  return CUT.test(text);
}

function cut(span: Span): ScalarTrap {
  const message =
    'The text is cut: what follows " #" is read as a comment; ' +
    'write the text in quotes, or a space after the # of a comment';
  return { severity: 'error', span, message };
}

/** Whether a text goes on in a line of its own that begins with `#`: a number after it is no comment, and no key that was commented out. */
function isCutBelow(text: string, start: number, end: number): boolean {
  if (start === end) return false;
  BELOW.lastIndex = end;
  const below = BELOW.exec(text);
  if (!below) return false;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const indent = /^[ ]*(?:- +)*/.exec(line)?.[0].length ?? 0;
  const isEntry = indent === line.length && line.includes('-');
  const column = below[1]?.length ?? 0;
  return isEntry ? column >= indent : column > indent;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function numberTrap(
  source: string,
  value: number,
  path: KeyPath,
): Pick<ScalarTrap, 'severity' | 'message'> | null {
  const quoted = `"${source}"`;
  if (!Number.isFinite(value)) {
    const message = `${source} is no number that can be kept; write ${quoted} if text is meant`;
    return { severity: 'error', message };
  }
  if (/^[-+]?0\d/.test(source)) {
    return { severity: 'error', message: `${source} is read as ${value}; write ${quoted}` };
  }
  const changed = changedNumber(source, value);
  if (changed) return { severity: 'error', message: `${source} ${changed}; write ${quoted}` };
  const looksLikeText = source.startsWith('+') || /\.\d*0$/.test(source);
  if (!looksLikeText || path.some((key) => numeric.has(String(key)))) return null;
  const message = `${source} is read as the number ${value}; write ${quoted} if text is meant`;
  return { severity: 'warning', message };
}
