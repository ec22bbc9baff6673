import type { PriceTable } from '../model/config.ts';
import type { Fault } from '../model/suite.ts';
import { priceTableSchema } from './config-schema.ts';
import { loadDocument } from './load-document.ts';
import { validate } from './schema-faults.ts';

/** Prices that were read, and what is wrong with them; null where that is an error. */
export interface LoadedPrices {
  prices: PriceTable | null;
  faults: Fault[];
}

/** Reads a file of prices, such as the `prices.yaml` of the package. */
export async function loadPrices(file: string): Promise<LoadedPrices> {
  const { source, value, trapped, readable, faults } = await loadDocument(file);
  if (!readable) return { prices: null, faults };
  const validated = validate(priceTableSchema, value, { source, path: [], trapped });
  const all = [...faults, ...validated.faults];
  const isSound = !all.some(({ severity }) => severity === 'error');
  return { prices: isSound ? (value as PriceTable) : null, faults: all }; // validated as one
}
