import { placeholderIn } from '../match/placeholder.ts';

/** A text as `says` looks for it; one that would be taken for a {{name}} to be put in is written as a pattern. */
export function spoken(text: string): unknown {
  if (placeholderIn(text) === null) return text;
  return { $regex: `(?i)${text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}` };
}
