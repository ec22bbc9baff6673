/** A copy of a value as JSON has it: what one side does to it later does not reach the other. Throws `TypeError` that begins with `what`, such as `Cannot call x with those arguments`. */
export function ownCopy(value: unknown, what: string): unknown {
  try {
    const text = JSON.stringify(value);
    if (text !== undefined) return JSON.parse(text);
  } catch {
    // told below
  }
  throw new TypeError(`${what}, expected a JSON value`);
}
