import type { ModelReply } from '../model/exchange.ts';
import type { PortRequest } from './judge-port.ts';

/** What a judge's request has that some servers do not know. */
export const FEATURES = ['response_format', 'temperature', 'seed'] as const;

/** One of these, by its key. */
export type Feature = (typeof FEATURES)[number];

const MARKS: Readonly<Record<Feature, RegExp>> = {
  response_format: /response_?format|json_?schema|structured.?output|guided.?(?:json|decoding)/i,
  temperature: /temperature/i,
  seed: /\bseed\b/i,
};

/** The body of a request, without what the server does not know. */
export function bodyOf(
  { model, messages, temperature, seed, schema }: PortRequest,
  without: ReadonlySet<Feature>,
): Record<string, unknown> {
  const json_schema = { name: 'verdict', strict: true, schema };
  const features = { response_format: { type: 'json_schema', json_schema }, temperature, seed };
  const known = FEATURES.filter((feature) => !without.has(feature));
  return {
    model,
    messages,
    ...Object.fromEntries(known.map((feature) => [feature, features[feature]])),
  };
}

/** What of a request is worth leaving out after a refusal: what it names, else all where the request is called bad and nobody says why. */
export function refusedFeatures(
  { status, body }: ModelReply,
  without: ReadonlySet<Feature>,
): readonly Feature[] {
  if (status !== 400 && status !== 404 && status !== 422) return [];
  const sent = FEATURES.filter((feature) => !without.has(feature));
  const words = JSON.stringify(body, withoutEcho);
  const named = sent.filter((feature) => MARKS[feature].test(words));
  return named.length > 0 || status !== 400 ? named : sent;
}

/** Some servers hand back what they were sent, with every key of it. */
function withoutEcho(key: string, value: unknown): unknown {
  return key === 'input' ? undefined : value;
}
