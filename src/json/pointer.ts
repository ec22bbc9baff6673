/** A JSON Pointer (RFC 6901) to what stands under keys. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${pointerSegment(String(key))}`).join('');
}

/** A key as it stands in a JSON Pointer. */
export function pointerSegment(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The segments of a JSON Pointer as they are written. */
export function segmentsOf(pointer: string): string[] {
  return pointer.split('/').slice(1);
}

/** A segment of a JSON Pointer as the key that it means. */
export function keyOfSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
