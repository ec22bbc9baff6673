const KEYS = ['eval', 'models', 'prices'];

/** The settings that a YAML block is: the block itself, or null where it is something else. */
export function configOfBlock(text: string): string | null {
  const [first = ''] = /^[\w-]+(?=:)/m.exec(text) ?? [];
  return KEYS.includes(first) ? text : null;
}
