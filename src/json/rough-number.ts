/** How deep a value is looked into; what stands deeper makes no difference. */
const DEEPEST = 8;

/** A number that is the same for values whose canonical JSON is, and seldom for others; far cheaper than writing them out. */
export function roughNumber(value: unknown, depth = 0): number {
  if (typeof value === 'string') return roughText(value);
  if (typeof value === 'number') return (value * 1000) | 0; // 0 for what JSON writes as null
  if (typeof value === 'boolean') return value ? 3 : 5;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === DEEPEST) return 7;
  let sum = 11;
  if (Array.isArray(value)) {
    for (const item of value) sum = mixed(sum, roughNumber(item, depth + 1));
    return sum;
  }
  for (const [key, inner] of Object.entries(value)) {
    // In any order
    if (inner !== undefined) sum = (sum + mixed(roughText(key), roughNumber(inner, depth + 1))) | 0;
  }
  return sum;
}

/** Looks at the length and some of the characters. */
function roughText(text: string): number {
  const stride = 1 + (text.length >> 4);
  let sum = text.length;
  for (let at = text.length - 1; at >= 0; at -= stride) sum = mixed(sum, text.charCodeAt(at));
  return sum;
}

function mixed(sum: number, more: number): number {
  return (Math.imul(sum, 31) + more) | 0;
}
