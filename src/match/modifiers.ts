import { isObject } from '../json/object.ts';
import { CallStatus } from '../model/status.ts';
import { didYouMean } from './nearest-name.ts';
import type { Path, Report } from './operator.ts';
import { showValue } from './show.ts';

/** What may stand beside the tool of any pattern. */
export const plainModifiers: readonly string[] = ['result', 'error', 'status', 'actor'];
/** What may stand beside it where calls are counted. */
export const countModifiers: readonly string[] = ['times', 'optional'];

const bounds = ['min', 'max'];
const SHOWN = 80;

/** Reports modifiers whose value is not what they take, each as near to what is wrong as can be told. */
export function checkModifiers(
  modifiers: Readonly<Record<string, unknown>>,
  report: Report,
  path: Path,
): void {
  for (const [key, value] of Object.entries(modifiers)) {
    const at = [...path, key];
    const refuse = (wanted: string) =>
      report(at, `${key} takes ${wanted}, not ${showValue(value, SHOWN)}`);
    if (key === 'optional' && typeof value !== 'boolean') refuse('true or false');
    if (key === 'actor' && !namesOf(value)) refuse('a name or a list of names');
    if (key === 'times' && !timesOf(value)) checkBounds(value, report, at, refuse);
    if (key === 'status') checkStatuses(value, report, at, refuse);
  }
}

function checkStatuses(
  value: unknown,
  report: Report,
  path: Path,
  refuse: (wanted: string) => void,
): void {
  const names = namesOf(value);
  const known: readonly string[] = CallStatus.options;
  if (!names) refuse(`one or a list of ${known.join(', ')}`);
  for (const [index, name] of (names ?? []).entries()) {
    if (known.includes(name)) continue;
    const message = `Unknown status ${showValue(name, SHOWN)}: ${didYouMean(name, known)}`;
    report(Array.isArray(value) ? [...path, index] : path, message);
  }
}

function checkBounds(
  value: unknown,
  report: Report,
  path: Path,
  refuse: (wanted: string) => void,
): void {
  const wrong = isObject(value)
    ? Object.entries(value).filter(([key, bound]) => !bounds.includes(key) || !isCount(bound))
    : [];
  if (wrong.length === 0) refuse('a number, or { min, max } with min not above max');
  for (const [key, bound] of wrong) {
    if (bounds.includes(key)) {
      report([...path, key], `${key} takes a whole number from 0, not ${showValue(bound, SHOWN)}`);
    } else {
      report([...path, key], `Unknown key "${key}" in times: ${didYouMean(key, bounds)}`, 'key');
    }
  }
}

/** A name or a list of names as a list; null for anything else. */
export function namesOf(value: unknown): readonly string[] | null {
  const list = Array.isArray(value) ? value : [value];
  const named = list.length > 0 && list.every((name) => typeof name === 'string' && name !== '');
  return named ? list : null;
}

/** `n` or `{ min, max }` as bounds; null for anything else. */
export function timesOf(value: unknown): { min: number; max: number } | null {
  if (typeof value === 'number') return isCount(value) ? { min: value, max: value } : null;
  if (!isObject(value)) return null;
  const keys = Object.keys(value);
  if (keys.length === 0 || keys.some((key) => key !== 'min' && key !== 'max')) return null;
  const min = value['min'] ?? 0;
  const max = value['max'] ?? Number.POSITIVE_INFINITY;
  if (!isCount(min) || !(isCount(max) || max === Number.POSITIVE_INFINITY)) return null;
  return min <= max ? { min, max } : null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
