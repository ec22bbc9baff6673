import { InvalidArgumentError } from 'commander';

/** The most trials that run at the same time. */
export const MOST_AT_ONCE = 1000;

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Reads a whole number from `least` to `most`. */
export function counting(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** Reads a number above 0, such as 0.25. */
export function amount(text: string): number {
  const value = Number(text);
  if (/^(\d+|\d*\.\d+)$/.test(text) && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** Reads a number from 0 up to 1, such as 0.03; 1 itself is none. */
export function share(text: string): number {
  const value = Number(text);
  if (/^(\d+|\d*\.\d+)$/.test(text) && value < 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 up to 1, such as 0.03.');
}

/** Reads where the answers of LLM judges come from. */
export function judgeMode(text: string): 'live' | 'recorded' | 'off' {
  if (text === 'live' || text === 'recorded' || text === 'off') return text;
  throw new InvalidArgumentError('Expected live, recorded or off.');
}
