import { expect, test } from 'vitest';
import { firstAlone } from './first-alone.ts';

/** Work that is told of, and ends when it is told to. */
function gates() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  return { begun, work, end: (name: string) => ends.get(name)?.(), tick };
}

test('firstAlone() lets the first of a name go alone, and then the rest at once', async () => {
  const { begun, work, end, tick } = gates();
  const after = firstAlone();
  const all = [after('m', work('m1')), after('m', work('m2')), after('m', work('m3'))];
  const other = after('n', work('n1'));
  await tick();
  expect(begun).toEqual(['m1', 'n1']);
  end('m1');
  await tick();
  expect(begun).toEqual(['m1', 'n1', 'm2', 'm3']);
  for (const name of ['m2', 'm3', 'n1']) end(name);
  expect(await Promise.all([...all, other])).toEqual(['m1', 'm2', 'm3', 'n1']);
});

test('firstAlone() lets the rest go where the first fails', async () => {
  const after = firstAlone();
  const failed = after('m', () => Promise.reject(new Error('oh')));
  const next = after('m', () => Promise.resolve(2));
  await expect(failed).rejects.toThrow('oh');
  expect(await next).toBe(2);
});
