import fc from 'fast-check';
import type { ModelTurn, RequestedCall } from '../../model/exchange.ts';

const name = fc.stringMatching(/^[a-z][a-z_]{0,11}$/);
const said = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const count = fc.nat(1_000_000);

const call: fc.Arbitrary<RequestedCall> = fc.oneof(
  fc.record({ id: name, tool: name, args: fc.dictionary(name, fc.jsonValue()) }),
  fc.record({ id: name, tool: name, argsRaw: said.map((text) => `{${text}`) }),
);

const usage = fc
  .record({ cached_tokens: count, others: count, output_tokens: count })
  .map(({ cached_tokens, others, output_tokens }) => ({
    input_tokens: cached_tokens + others,
    output_tokens,
    ...(cached_tokens > 0 ? { cached_tokens } : {}),
  }));

/** What a model may do in one exchange: say something, call tools, both, or nothing. */
export const modelTurn: fc.Arbitrary<ModelTurn> = fc.record({
  model: name,
  say: fc.option(said),
  calls: fc.array(call, { maxLength: 4 }),
  usage,
});
