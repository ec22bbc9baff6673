import { ownValue } from '../json/object.ts';
import type { Prepared, Setting } from './judge.ts';

/** Compiles an expectations map into questions, each with its path below the map. */
export function prepareExpectations(
  expectations: Readonly<Record<string, unknown>>,
  setting: Setting,
): Prepared[] {
  return setting.judges.flatMap((judge) => {
    if (!Object.hasOwn(expectations, judge.key)) return [];
    const value = ownValue(expectations, judge.key);
    return judge
      .prepare(value, setting)
      .map((one) => ({ ...one, suffix: [judge.key, ...one.suffix] }));
  });
}
