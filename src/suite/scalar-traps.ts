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
  ].concat(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ['$gt', '$gte', '$lt', '$lte', '$approx', '$size'],
  ),
);

/** Finds what a plain scalar loses or changes when it is read: cut text, and numbers that are not what they look like. */
export function scalarTrap(node: Scalar.Parsed, text: string, path: KeyPath): ScalarTrap | null {
  if (node.type !== 'PLAIN') return null;
  const [start, end] = node.range;
  if (isCut(text, start, end)) {
    return {
      severity: 'error',
      span: { start, end: lineEnd(text, end) },
      message:
        'The text is cut: what follows " #" is read as a comment; ' +
        'write the text in quotes, or a space after the # of a comment',
    };
  }
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
