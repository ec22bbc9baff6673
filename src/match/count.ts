import { timesOf } from './modifiers.ts';

/** Bounds of how often an element must and may be met. */
export interface Count {
  readonly min: number;
  readonly max: number;
  /** None will do as well, whatever `min` says. */
  readonly optional: boolean;
}

/** How often a pattern as written must and may be met. */
export function countOf(source: unknown): Count {
  const given =
    typeof source === 'object' && source !== null ? (source as Record<string, unknown>) : {}; // own keys are read below
  const times = Object.hasOwn(given, 'times') ? timesOf(given['times']) : null;
  const optional = Object.hasOwn(given, 'optional') && given['optional'] === true;
  const { min, max } = times ?? { min: 1, max: 1 };
  return { min, max, optional };
}
