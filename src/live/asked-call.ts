import { isObject, ownValue } from '../json/object.ts';
import type { AboutCall } from './kept-decisions.ts';

/** The call that the arguments of an approval tool name, by `tool` and `args` or `arguments`, `{}` unless given; null where they name none, such as a question in plain words. */
export function askedCall(args: unknown): AboutCall | null {
  if (!isObject(args)) return null;
  const tool = ownValue(args, 'tool');
  if (typeof tool !== 'string' || tool === '') return null;
  return { tool, args: ownValue(args, 'args') ?? ownValue(args, 'arguments') ?? {} };
}
