import { messageOf } from '../errors.ts';

/** A number written so that it may be too large to be kept. */
const LARGE_EXPONENT = /\d[eE]\+?\d{3}/;

/** Parses JSON text. A number beyond the range of doubles is a fault: it could not be written again. */
export function parseJson(text: string): { value: unknown } | { fault: string } {
  let infinite = false;
  const watch = (_key: string, value: unknown) => {
    infinite ||= value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
    return value;
  };
  try {
    const value: unknown = JSON.parse(text);
    if (LARGE_EXPONENT.test(text)) JSON.parse(text, watch);
    return infinite ? { fault: 'It holds a number that is too large to be kept' } : { value };
  } catch (thrown) {
    return { fault: `It is not valid JSON: ${messageOf(thrown)}` };
  }
}
