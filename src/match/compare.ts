import { leaf, type Matcher, whole } from './matcher.ts';
import { isUnsafe, sameJson } from './same-json.ts';
import { showValue } from './show.ts';
import { ABSENT, NO, not, type Tri, tri, UNKNOWN, YES } from './tri.ts';

type Order = '$gt' | '$gte' | '$lt' | '$lte';

const orderWords: Record<Order, string> = {
  $gt: 'more than',
  $gte: 'at least',
  $lt: 'less than',
  $lte: 'at most',
};

const orderHolds: Record<Order, (value: number, bound: number) => boolean> = {
  $gt: (value, bound) => value > bound,
  $gte: (value, bound) => value >= bound,
  $lt: (value, bound) => value < bound,
  $lte: (value, bound) => value <= bound,
};

/** Compares numbers, or ISO dates and times as instants; anything else is unknown. */
export function ordered(order: Order, bound: unknown): Matcher {
  const isBeyond = orderHolds[order];
  const size = measureOf(bound);
  const isNumber = typeof bound === 'number' && size !== null;
  const [above, below, at] = [isBeyond(1, 0), isBeyond(0, 1), isBeyond(0, 0)];
  const test = (value: unknown): Tri => {
    if (isNumber && typeof value === 'number') {
      // the usual case without a call: matching without order asks it for every pair
      if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return UNKNOWN;
      return (value > bound ? above : value < bound ? below : at) ? YES : NO;
    }
    if (value === ABSENT) return NO;
    if (size === null || typeof value !== typeof bound) return UNKNOWN;
    const own = measureOf(value);
    if (own === null) return UNKNOWN;
    return isBeyond(own, size) ? YES : NO;
  };
  const words = () => `${orderWords[order]} ${showValue(bound)}`;
  const range = isNumber ? { bound, above, below, at } : null;
  return whole({ binds: [], refs: [], range, test, words });
}

/** A number, or the instant of an ISO date or time; null for what cannot be compared. */
function measureOf(value: unknown): number | null {
  if (typeof value === 'number') return isUnsafe(value) ? null : value;
  return typeof value === 'string' ? instantOf(value) : null;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;

/** Milliseconds since 1970 of an ISO date or time (UTC where it names no zone); null for anything else. */
export function instantOf(text: string): number | null {
  const found = ISO.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  if (date.getUTCMonth() !== (month ?? 0) - 1 || date.getUTCDate() !== day) return null;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  const clock = ((hour ?? 0) * 60 + (minute ?? 0)) * 60 + (second ?? 0);
  const zone = zoneMinutes(found[8]);
  if (zone === null) return null;
  return date.getTime() + clock * 1000 + Number(`0.${found[7] ?? 0}`) * 1000 - zone * 60_000;
}

function zoneMinutes(zone: string | undefined): number | null {
  if (!zone || zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Differs from a value; an absent value differs. */
export function differs(wanted: unknown): Matcher {
  return leaf({
    absent: YES,
    test: (value) => not(sameJson(value, wanted)),
    words: () => `anything but ${showValue(wanted)}`,
  });
}

/** Is one of several values. */
export function oneOf(wanted: readonly unknown[]): Matcher {
  return leaf({
    test: (value) => anyOf(wanted, value),
    words: () => `one of ${showValue(wanted)}`,
  });
}

/** Is none of several values; an absent value is none. */
export function noneOf(unwanted: readonly unknown[]): Matcher {
  return leaf({
    absent: YES,
    test: (value) => not(anyOf(unwanted, value)),
    words: () => `none of ${showValue(unwanted)}`,
  });
}

function anyOf(wanted: readonly unknown[], value: unknown): Tri {
  let best: Tri = NO;
  for (const one of wanted) {
    const answer = sameJson(value, one);
    if (answer > best) best = answer;
    if (best === YES) break;
  }
  return best;
}

/** Is a number within a distance of another, ends included; rounding of decimals is forgiven. */
export function approximately(wanted: number, within: number): Matcher {
  const slack = Number.EPSILON * Math.max(Math.abs(wanted), within, 1) * 4;
  return leaf({
    test: (value) => {
      if (typeof value !== 'number' || isUnsafe(value)) return UNKNOWN;
      return tri(Math.abs(value - wanted) <= within + slack);
    },
    words: () => `${wanted} give or take ${within}`,
  });
}
