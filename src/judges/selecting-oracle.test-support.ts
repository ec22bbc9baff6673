import { ownValue } from '../json/object.ts';
import { type MadeCall, stepsOf } from '../match/trajectory.test-support.ts';
import { matches, type Pattern, type Reading } from './calls-oracle.test-support.ts';
import { namesIn, worldsOf } from './capture-oracle.test-support.ts';

/** A call with its places among the steps. */
export interface PlacedCall extends MadeCall {
  step: number;
  /** Infinity where there is none. */
  resultStep: number;
}

/** The order of calls before calls that a rule asks for. */
export interface BeforeRule {
  first: Pattern;
  then: Pattern;
}

type Known = ReadonlyMap<string, unknown>;

const NOTHING: Known = new Map();

/** How patterns that select are read; a `not` around them turns the reading of unknown. */
function selecting(turned: boolean): Reading {
  return { keys: 'partial', lists: 'contained', least: turned ? 2 : 1 };
}

/** The agent's calls with their places in a trajectory of these calls alone. */
export function placedCalls(calls: readonly MadeCall[]): PlacedCall[] {
  const steps = stepsOf(calls);
  const placeOf = (type: string, nth: number): number =>
    steps.findIndex((step) => step.type === type && step['id'] === `c${nth}`);
  return calls.flatMap((made, nth): PlacedCall[] => {
    if (made.actor === 'user') return [];
    const result = placeOf('tool_result', nth);
    const resultStep = result === -1 ? Number.POSITIVE_INFINITY : result;
    return [{ ...made, step: placeOf('tool_call', nth), resultStep }];
  });
}

/** Whether no call matches some of the patterns. */
export function neverHolds(
  patterns: readonly Pattern[],
  calls: readonly MadeCall[],
  turned: boolean,
): boolean {
  const reading = selecting(turned);
  return !patterns.some((one) => calls.some((made) => waysTo(reading, one, made).length > 0));
}

/** Every set of captures under which a call matches, those that are known included. */
function waysTo(
  reading: Reading,
  pattern: Pattern,
  made: MadeCall,
  known: Known = NOTHING,
): Known[] {
  const own = new Set(namesIn({ call: made, pattern }).filter((name) => !known.has(name)));
  return worldsOf(pattern, [made]).flatMap((world) => {
    const mine = [...world].filter(([name]) => !known.has(name));
    if (mine.length !== own.size || mine.some(([name]) => !own.has(name))) return [];
    const all = new Map([...known, ...mine]);
    return matches(reading, pattern, made, all) ? [all] : [];
  });
}

/** Whether each call of `then` has an answered call of `first` before it whose captures agree. */
export function beforeHolds(
  rules: readonly BeforeRule[],
  calls: readonly PlacedCall[],
  turned: boolean,
): boolean {
  return rules.every(({ first, then }) =>
    calls.every((made) => {
      const selected = anythingFor(first, made).some(
        (world) => waysTo(selecting(turned), then, made, world).length > 0,
      );
      if (!selected) return true;
      return calls.some((earlier) => {
        if (!isAnsweredBefore(earlier, made, turned)) return false;
        const reading = { keys: 'partial', lists: 'ordered', least: turned ? 1 : 2 } as const;
        return waysTo(reading, first, earlier).some(
          (world) => waysTo(selecting(false), then, made, world).length > 0,
        );
      });
    }),
  );
}

/** Every way to give what `first` captures a value: one that the call has, or one that nothing has. */
function anythingFor(first: Pattern, made: MadeCall): Known[] {
  const names = JSON.stringify(first).matchAll(/"\$as":"(\w+)"/g);
  const nothing = new Map([...names].map(([, name]) => [name ?? '', 'what nothing else is']));
  return worldsOf(first, [made]).map((world) => new Map([...nothing, ...world]));
}

/** Turned round, a call of which it is not known whether it was answered counts as answered. */
function isAnsweredBefore(earlier: PlacedCall, later: PlacedCall, turned: boolean): boolean {
  const together = earlier.parallel !== undefined && earlier.parallel === later.parallel;
  if (together) return false;
  const status = earlier.status ?? 'ok';
  if (status === 'unknown') return turned && earlier.step < later.step;
  return status === 'ok' && earlier.resultStep < later.step;
}

/** Whether the last call that is selected is the wanted one. */
export function lastHolds(
  of: readonly Pattern[],
  is: Pattern,
  calls: readonly MadeCall[],
  turned: boolean,
): boolean {
  const select = (made: MadeCall) => of.flatMap((one) => waysTo(selecting(turned), one, made));
  const final = calls.filter((made) => select(made).length > 0).at(-1);
  if (!final) return false;
  const reading = { keys: 'exact', lists: 'ordered', least: turned ? 1 : 2 } as const;
  return select(final).some((world) => waysTo(reading, is, final, world).length > 0);
}

/** The sum of an argument over selected calls; null where one of them is not a number. */
export function totalOf(
  of: readonly Pattern[],
  arg: string,
  calls: readonly MadeCall[],
  turned: boolean,
): number | null {
  const reading = selecting(turned);
  const found = calls.filter((made) => of.some((one) => waysTo(reading, one, made).length > 0));
  const amounts = found.map(
    ({ args }) => ownValue((args ?? {}) as Record<string, unknown>, arg), // arguments are objects here
  );
  const sure = amounts.every((one) => typeof one === 'number' && Math.abs(one) < 2 ** 53);
  return sure ? amounts.reduce((sum: number, one) => sum + Number(one), 0) : null;
}
