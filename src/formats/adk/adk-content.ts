import * as z from 'zod';
import { isObject } from '../../json/object.ts';
import type { ContentPart, MessageStep } from '../../model/trajectory.ts';

const Data = z.custom<Record<string, unknown>>(isObject, { error: 'an object' });

/** A call of a tool as the Gemini API writes it. */
export const AdkCall = z.looseObject({
  id: z.string().nullish().describe('Pairs the call with its response'),
  name: z.string().min(1, { error: 'a name' }).describe('Name of the tool'),
  args: Data.nullish().describe('Arguments by name'),
});
export type AdkCall = z.infer<typeof AdkCall>;

/** What a tool answered. */
export const AdkResponse = z.looseObject({
  id: z.string().nullish().describe('Id of the call'),
  name: z.string().nullish().describe('Name of the tool'),
  response: z.unknown().optional().describe('What it answered'),
});
export type AdkResponse = z.infer<typeof AdkResponse>;

/** One part of a content: a text, a call, a response, or something else. */
export const AdkPart = z.looseObject({
  text: z.string().nullish().describe('Text of the part'),
  thought: z.boolean().nullish().describe('Whether the text is a thought of the model'),
  function_call: AdkCall.nullish().describe('Call of a tool'),
  function_response: AdkResponse.nullish().describe('What a tool answered'),
});
export type AdkPart = z.infer<typeof AdkPart>;

/** What somebody said or did. */
export const AdkContent = z.looseObject({
  role: z.string().nullish().describe('`user` or `model`'),
  parts: z.array(AdkPart).nullish().describe('Parts in order'),
});
export type AdkContent = z.infer<typeof AdkContent>;

/** What is said in parts, calls and responses aside: text, or typed parts; null where nothing is. */
export function saidIn(parts: readonly AdkPart[]): MessageStep['content'] {
  const said = parts
    .filter(({ function_call, function_response }) => !(function_call || function_response))
    .flatMap((part) => typedPart(part) ?? []);
  const [only] = said;
  const isText = said.length === 1 && only?.type === 'text' && Object.keys(only).length === 2;
  if (isText && only?.text !== undefined) return only.text;
  return said.length === 0 ? null : said;
}

/** A part with the name of what it holds; nulls are what it does not hold. */
function typedPart(part: AdkPart): ContentPart | null {
  const { thought, ...told } = part;
  const held = Object.fromEntries(Object.entries(told).filter(([, inner]) => inner !== null));
  const [first] = Object.keys(held);
  if (first === undefined) return null;
  if (typeof held['text'] !== 'string') return { ...held, type: first };
  return { ...held, type: thought ? 'reasoning' : 'text', text: held['text'] };
}
