import * as z from 'zod';
import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import { matcherSchema, ON_KEY } from '../match/schema.ts';
import { ScriptedTurn, scriptedRequestKeys } from '../model/script.ts';
import { chosen } from './chosen.ts';
import { mapOf } from './map-of.ts';
import { someOf, suggestion } from './schema-message.ts';
import { filePath, name, text } from './text-schema.ts';

type Check = z.core.CheckFn<Record<string, unknown>>;

const args = chosen((value) => (value === null ? 0 : 1), z.null(), mapOf(z.unknown()));

const longCall = z.strictObject({
  tool: name.describe('Name of the tool'),
  args: args.optional().describe('Arguments of the call; none unless given'),
  id: name.optional().describe('Id of the call; call_1, call_2 and so on unless given'),
});

const shortCall = mapOf(args, name).check((context) => {
  const names = Object.keys(context.value);
  if (names.length === 1) return;
  const found = names.length === 0 ? 'none' : names.join(' and ');
  const message = `Expected one tool with its arguments, got ${found}; write each call as an entry of its own`;
  context.issues.push({ code: 'custom', message, input: context.value });
});

const call = chosen(
  (value) => {
    if (typeof value === 'string') return 0;
    return isObject(value) && typeof value['tool'] === 'string' ? 1 : 2;
  },
  name,
  longCall,
  shortCall,
);

const saysSomething: Check = ({ value, issues }) => {
  const does = ['say', 'calls', 'error'].filter((key) => value[key] !== undefined);
  const fault = (message: string) => issues.push({ code: 'custom', message, input: value });
  if (does.length === 0) fault('Expected "say", "calls" or "error", got none of them');
  if (does.length > 1 && does.includes('error')) {
    fault(`Expected "error" alone, got ${does.join(' and ')}; write the answer as a turn after it`);
  }
};

const asksWhatIsThere: Check = ({ value, issues }) => {
  const { when } = value;
  if (when === undefined) return;
  if (!isObject(when)) {
    const message = 'Expected a map of what is asked of the request';
    issues.push({ code: 'custom', message, input: when, path: ['when'] });
    return;
  }
  for (const key of Object.keys(when)) {
    if (key.startsWith('$') || scriptedRequestKeys.some((known) => known === key)) continue;
    const near = nearestName(key, scriptedRequestKeys);
    const mend = near ? suggestion(near) : `expected one of ${someOf(scriptedRequestKeys)}`;
    const message = `Unknown key ${JSON.stringify(key)}, ${mend}`;
    issues.push({ code: 'custom', message, input: when, path: ['when', key], params: ON_KEY });
  }
};

const cachedIsRead: Check = ({ value: { usage }, issues }) => {
  if (!isObject(usage)) return;
  const { cached_tokens: cached, input_tokens: input } = usage;
  if (typeof cached !== 'number' || typeof input !== 'number' || cached <= input) return;
  const message = `Expected at most ${input}, the tokens read, got ${cached}`;
  issues.push({ code: 'custom', message, input: cached, path: ['usage', 'cached_tokens'] });
};

const longTurn = z
  .strictObject({
    ...ScriptedTurn.shape,
    say: text.optional().describe('Text for the user'),
    calls: z.array(call).min(1).optional().describe('Tools that it calls, side by side'),
    when: matcherSchema
      .optional()
      .describe('Requests that it answers: model, system, user, tools, results, turn'),
  })
  .check(saysSomething, asksWhatIsThere, cachedIsRead);

const turn = chosen((value) => (typeof value === 'string' ? 0 : 1), text, longTurn);
const turns = z.array(turn).min(1);
const turnsByTask = mapOf(turns, name);
const listOrMap = (value: unknown) => {
  if (Array.isArray(value)) return 0;
  return isObject(value) ? 1 : 'Expected a list of turns, or a map of such lists by task';
};

/** A script as a file holds it: turns for every task, or by task. */
export const scriptFileSchema: z.ZodType = chosen(listOrMap, turns, turnsByTask);

/** A script as a suite holds it: turns for every task, turns by task, or the path of a file with either. */
export const scriptSchema: z.ZodType = chosen(
  (value) => (typeof value === 'string' ? 0 : 1),
  filePath,
  scriptFileSchema,
);
