import { expect, it } from 'vitest';
import type { OpenAgent } from '../agents/agent.ts';
import type { Attack } from '../model/attack.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Suite, Task } from '../model/suite.ts';
import { leftOver } from './left-over.ts';
import type { ReadyRow } from './plan-rows.ts';

const [x, y] = ['x', 'y'].map((name): Attack => ({ name, family: name, inject: [], goal: {} }));
const task = { id: 'a', attacks: { names: ['x', 'y'], clean: false } } as unknown as Task; // what counts of it
const suite = { attacks: [x, y] } as unknown as Suite; // what counts of it

it.each<[task: string, attack: string | null, trial: number, taken: boolean | null]>([
  ['a', 'x', 1, true],
  ['a', 'x', 2, true],
  ['a', 'x', 3, false],
  // a filter left it out
  ['a', 'y', 1, null],
  ['b', null, 1, null],
  // nothing would take it
  ['a', null, 1, false],
  ['a', 'z', 1, false],
])(
  'leftOver() says of task %s under %s whether trial %i is taken: %s',
  (name, attack, trial, taken) => {
    let found: boolean | null | undefined;
    const agent = {
      leftOver: (planned) => {
        const trials = planned(name, attack);
        found = trials === null ? null : trials.has(trial);
        return ['Told'];
      },
    } as Partial<OpenAgent> as OpenAgent; // nothing else is asked for
    const ready = { suite, name: 'agent', agent };
    const row = { task: 'a', attack: 'x', trials: 2 } as PlanRow; // what counts of it
    const rows: ReadyRow[] = [{ row, ready, task }];
    expect(leftOver([ready], rows)).toEqual(['Told']);
    expect(found).toBe(taken);
  },
);
