import { messageOf } from '../errors.ts';
import { openWindow, type WindowReader } from '../io/window-reader.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Fault } from '../store/read-document.ts';
import type { TrialPlace } from './compared-side.ts';

/** Reads results from where they stand in a file; it is opened when the first is asked for. Throws what `fault` makes. */
export function placedReader(
  file: string,
  resultOf: (value: unknown, place: string) => TrialResult,
  fault: Fault,
): { readonly at: (place: TrialPlace) => TrialResult; readonly close: () => void } {
  let reader: WindowReader | null = null;
  return {
    at: ({ offset, bytes }) => {
      reader ??= openWindow(file);
      const record = reader.read(offset, bytes);
      const place = `"${file}" at byte ${offset}`;
      let value: unknown;
      try {
        value = JSON.parse(record.toString('utf8'));
      } catch (thrown) {
        throw fault(place, `it is broken, ${messageOf(thrown)}`);
      }
      return resultOf(value, place);
    },
    close: () => {
      reader?.close();
      reader = null;
    },
  };
}
