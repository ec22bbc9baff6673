import { ABSENT, NOT_KNOWN } from './tri.ts';

const LONGEST = 200;

/** A value as compact JSON for a sentence, cut in the middle when it is long; depth is bounded. */
export function showValue(value: unknown, longest = LONGEST): string {
  if (value === ABSENT || value === undefined) return 'nothing';
  if (value === NOT_KNOWN) return 'not known';
  return cut(inline(value, 0, { left: longest * 2 }), longest);
}

/** A tool call in words: `refund_order(order_id: "1042", amount: 42.5)`. */
export function showCall(tool: string, args: unknown, longest = LONGEST): string {
  if (args === NOT_KNOWN) return `${tool}(arguments not known)`;
  if (args === ABSENT) return tool;
  const text = showValue(args, longest);
  const bare = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1).trim() : text;
  return `${tool}(${bare})`;
}

/** Cuts text in the middle, keeping both ends. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = Math.ceil((longest - 1) * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (longest - 1 - head))}`;
}

/** Writes JSON with bare keys and a space after commas; stops spending once the budget is gone. */
function inline(value: unknown, depth: number, budget: { left: number }): string {
  if (budget.left <= 0 || depth > 12) return '…';
  if (typeof value !== 'object' || value === null) {
    const text = scalar(value);
    budget.left -= text.length;
    return text;
  }
  const array = Array.isArray(value);
  let inner = '';
  for (const key of Object.keys(value)) {
    if (inner !== '') inner += ', ';
    if (budget.left <= 0) {
      inner += '…';
      break;
    }
    if (!array) inner += `${showKey(key)}: `;
    inner += inline((value as Record<string, unknown>)[key], depth + 1, budget); // its own key
  }
  if (array) return `[${inner}]`;
  return inner === '' ? '{}' : `{ ${inner} }`;
}

/** A number that JSON cannot hold, as 1e400 was read, is named for what it is and not as null. */
function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return JSON.stringify(typeof value === 'string' ? cut(value, 400) : value) ?? 'nothing';
}

function showKey(key: string): string {
  return PLAIN_KEY.test(key) ? key : JSON.stringify(key);
}

const PLAIN_KEY = /^[\w$-]+$/;
