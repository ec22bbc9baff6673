import { placeholderIn } from '../../match/placeholder.ts';
import { recordFault } from '../each-record.ts';
import { kindWords } from '../kind-words.ts';
import { literally } from '../trajectory-to-suite.ts';

type Translate = (operand: unknown, fault: (wanted: string) => never) => unknown;

/** Operators of rules about arguments, in the words of a suite. */
const operators: Readonly<Record<string, Translate>> = {
  eq: literally,
  not_eq: (operand) => ({ $ne: operand }),
  ieq: (operand, fault) => ({ $regex: `(?i)^${escaped(textOf(operand, fault))}$` }),
  eq_str: (operand, fault) => eitherForm(textOf(operand, fault)),
  in: (operand, fault) => ({ $in: listOf(operand, fault) }),
  word_in: (operand, fault) => {
    const words = textsOf(operand, fault).map(escaped);
    return { $regex: `(?i)\\b(?:${words.join('|')})\\b` };
  },
  contains: (operand, fault) => containing(textOf(operand, fault)),
  icontains: (operand, fault) => ({ $regex: `(?i)${escaped(textOf(operand, fault))}` }),
  contains_all: (operand, fault) => allOf(textsOf(operand, fault).map(containing)),
  contains_any: (operand, fault) => ({ $or: textsOf(operand, fault).map(containing) }),
  startswith: (operand, fault) => affix('$starts_with', textOf(operand, fault)),
  endswith: (operand, fault) => affix('$ends_with', textOf(operand, fault)),
  regex: (operand, fault) => ({ $regex: inRe2(textOf(operand, fault)) }),
  list_eq: (operand, fault) => ({ $eq: listOf(operand, fault) }),
  list_contains: (operand) => ({ $some: literally(operand) }),
  gt: (operand, fault) => ({ $gt: numberOf(operand, fault) }),
  gte: (operand, fault) => ({ $gte: numberOf(operand, fault) }),
  lt: (operand, fault) => ({ $lt: numberOf(operand, fault) }),
  lte: (operand, fault) => ({ $lte: numberOf(operand, fault) }),
};

/** Writes the operators of a rule about one value as a matcher; `of` names the value. Throws `input_fault` for what it does not know. */
export function ruleMatcher(rule: Readonly<Record<string, unknown>>, of: string): unknown {
  const parts = Object.entries(rule).map(([name, operand]) => {
    const translate = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (translate) return translate(operand, refusing(`${of}: its "${name}"`, operand));
    const known = Object.keys(operators).join(', ');
    throw recordFault(`${of} has the unknown operator "${name}", expected ${known}`);
  });
  if (parts.length === 0) throw recordFault(`${of} has no operator`);
  return allOf(parts);
}

function refusing(place: string, operand: unknown) {
  return (wanted: string): never => {
    throw recordFault(`${place} is ${kindWords(operand)}, expected ${wanted}`);
  };
}

function allOf(parts: readonly unknown[]): unknown {
  return parts.length === 1 ? parts[0] : { $and: parts };
}

function textOf(operand: unknown, fault: (wanted: string) => never): string {
  return typeof operand === 'string' ? operand : fault('a text');
}

function numberOf(operand: unknown, fault: (wanted: string) => never): number {
  return typeof operand === 'number' ? operand : fault('a number');
}

function listOf(operand: unknown, fault: (wanted: string) => never): unknown[] {
  return Array.isArray(operand) ? operand : fault('a list');
}

function textsOf(operand: unknown, fault: (wanted: string) => never): string[] {
  const list = listOf(operand, fault);
  if (list.length === 0) return fault('at least one text');
  return list.map((item) => textOf(item, fault));
}

/** A number that is written as a text, and that text. */
function eitherForm(text: string): unknown {
  const number = Number(text);
  return String(number) === text && Number.isFinite(number)
    ? { $in: [text, number] }
    : literally(text);
}

/** A part of a text; one that would be taken for a {{name}} to be put in is written as a pattern. */
function containing(text: string): unknown {
  return placeholderIn(text) === null ? { $contains: text } : { $regex: escaped(text) };
}

function affix(operator: '$starts_with' | '$ends_with', text: string): unknown {
  if (placeholderIn(text) === null) return { [operator]: text };
  return { $regex: operator === '$starts_with' ? `^${escaped(text)}` : `${escaped(text)}$` };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Python writes the end of a text as \Z, RE2 as \z. */
function inRe2(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, (pair, letter) => (letter === 'Z' ? '\\z' : pair));
}
