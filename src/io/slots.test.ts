import { expect, it } from 'vitest';
import { slotsOf } from './slots.ts';

it('slotsOf() lets in as many as there are places, and the others in the order in which they came', async () => {
  const slots = slotsOf(2);
  const came: string[] = [];
  const take = async (name: string) => {
    const leave = await slots.take();
    came.push(name);
    return leave;
  };
  const taken = ['a', 'b', 'c', 'd'].map(take);
  const [leave] = [await taken[0], await taken[1]];
  expect(came).toEqual(['a', 'b']);
  leave?.();
  await taken[2];
  expect(came).toEqual(['a', 'b', 'c']);
});

it('slotsOf() takes a place back once, however often it is left', async () => {
  const slots = slotsOf(1);
  const leave = await slots.take();
  leave();
  leave();
  await slots.take();
  let third = false;
  void slots.take().then(() => {
    third = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(third).toBe(false);
});
