import type { View } from '../../match/view.ts';
import { type Readings, readingsOf } from './readings.ts';

const known = new WeakMap<View, Map<string, Readings>>();

/** Readings of the texts of one trajectory, each made once however many rules ask for it. */
export function cachedReadings(view: View): (text: string) => Readings {
  const readings = known.get(view.whole) ?? new Map<string, Readings>();
  known.set(view.whole, readings);
  return (text) => {
    const made = readings.get(text) ?? readingsOf(text);
    readings.set(text, made);
    return made;
  };
}
