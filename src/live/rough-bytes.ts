/** Of any value, so that many small ones count too. */
const EACH = 8;

/** Roughly what a value takes as JSON, and in memory: the length of its texts and names, and some bytes for each value. */
export function roughBytes(value: unknown): number {
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0) {
    const one = open.pop();
    bytes += EACH;
    if (typeof one === 'string') bytes += one.length;
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) for (const inner of one) open.push(inner);
    else {
      for (const [key, inner] of Object.entries(one)) {
        bytes += key.length;
        open.push(inner);
      }
    }
  }
  return bytes;
}
