import { parts10 } from '../json/decimal-sum.ts';
import type { ModelPrice, PriceTable } from '../model/config.ts';
import type { TurnUsage } from '../model/exchange.ts';

/** Prices by name of model, those of a user before those of the package. */
export type Prices = ReadonlyMap<string, ModelPrice>;

/** What comes after the name of a model: a date, `@` and a date, or that it is the latest. */
const VERSION = /(?:[-@]\d{4}-\d{2}-\d{2}|[-@]\d{8}|-latest)$/;

/** The exponent that turns a price of a million tokens into one of a token. */
const PER_MILLION = -6;

/** Joins tables of prices; a later one overrides the models of an earlier one. */
export function pricesOf(...tables: readonly (PriceTable | null)[]): Prices {
  return new Map(
    tables.flatMap((table) => (table ? Object.entries(table.usd_per_million_tokens) : [])),
  );
}

/** US dollars that an exchange cost, as an exact decimal; null where the model has no price or the usage makes no sense. */
export function costOf(model: string, usage: TurnUsage, prices: Prices): number | null {
  const price = priceOf(model, prices);
  const { input_tokens: input, output_tokens: output, cached_tokens: cached = 0 } = usage;
  if (!price || ![input, output, cached].every(isCount) || cached > input) return null;
  return sumOfProducts([
    [input - cached, price.input],
    [cached, price.cached_input ?? price.input],
    [output, price.output],
  ]);
}

/** The price of a model under its full name, else without its date. */
function priceOf(model: string, prices: Prices): ModelPrice | undefined {
  return prices.get(model) ?? prices.get(model.replace(VERSION, ''));
}

function isCount(tokens: number): boolean {
  return Number.isSafeInteger(tokens) && tokens >= 0;
}

function sumOfProducts(pairs: readonly (readonly [tokens: number, price: number])[]): number {
  const products = pairs.map(([tokens, price]) => {
    const [digits, exponent] = parts10(price);
    return { digits: digits * BigInt(tokens), exponent };
  });
  const scale = Math.min(...products.map(({ exponent }) => exponent));
  let sum = 0n;
  for (const { digits, exponent } of products) sum += digits * 10n ** BigInt(exponent - scale);
  return Number(`${sum}e${scale + PER_MILLION}`);
}
