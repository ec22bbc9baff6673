/** Stands in for `hash` of `node:crypto`, which the alignment uses for keys that tell texts apart: a text does that itself. */
export function hash(_algorithm: string, text: string): string {
  return text;
}
