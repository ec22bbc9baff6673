import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './built-cli.ts';
import type { ParityCase } from './parity/case.ts';
import { inspectCases } from './parity/inspect-cases.ts';
import { judgeCases } from './parity/judge-cases.ts';
import { metricCases } from './parity/metric-cases.ts';
import { A, B, workedExample } from './parity/worked-example.ts';

const cases: readonly ParityCase[] = [
  ...metricCases,
  ...judgeCases,
  ...inspectCases,
  ...workedExample,
];

/** Keys whose cases are tested elsewhere, with the place. */
const elsewhere: Readonly<Record<string, string>> = {
  'bfcl.simple': 'the importer of BFCL',
  'bfcl.parallel': 'the importer of BFCL',
};

/** Values that peers gave when they were run; kept beside the repository. */
const reference = path.resolve(root, '../shared/reference/parity-vectors.json');

/** Numbers to their digits, NaN as its name, maps and lists by their parts. */
function rounded(value: unknown, digits: number): unknown {
  if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : Number(value.toFixed(digits));
  if (Array.isArray(value)) return value.map((item) => rounded(item, digits));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, rounded(item, digits)]),
  );
}

describe('what other tools answer', () => {
  const same = cases.filter(({ differs }) => !differs);
  it.each(same)('is answered by $key: $name', async ({ peer, ours, digits = 9 }) => {
    expect(rounded(await ours(), digits)).toEqual(rounded(peer, digits));
  });
});

describe('where other tools err, we differ', () => {
  const others = cases.flatMap((one) => (one.differs ? [{ ...one, ...one.differs }] : []));
  it.each(others)('in $key: $name, since $why', async ({ peer, value, ours, digits = 9 }) => {
    expect(rounded(await ours(), digits)).toEqual(rounded(value, digits));
    expect(value).not.toEqual(peer);
  });
});

describe.skipIf(!existsSync(reference))('the values of the reference', () => {
  const { _note: _, ...vectors } = JSON.parse(
    existsSync(reference) ? readFileSync(reference, 'utf8') : '{}',
  );
  const { 'stats.worked_example': example, ...rest } = vectors;

  it('are all known here, and all that is claimed of a peer stands there', () => {
    const known: Record<string, Record<string, unknown>> = {};
    for (const { key, name, peer } of cases) known[key] = { ...known[key], [name]: peer };
    const told = Object.keys(elsewhere).map((key) => [key, rest[key]]);
    expect({ ...known, ...Object.fromEntries(told) }).toEqual({
      ...rest,
      'stats.worked_example': example?.results,
    });
    expect([A, B]).toEqual([example?.A, example?.B]);
  });
});
