import { judge } from '../../src/judges/judge-trajectory.ts';
import {
  call,
  type MadeCall,
  says,
  trajectoryOf,
} from '../../src/match/trajectory.test-support.ts';
import type { Step } from '../../src/model/trajectory.ts';
import { passHatK } from '../../src/stats/pass-at-k.ts';
import { casesOf, type ParityCase } from './case.ts';

const holds =
  (expectations: Record<string, unknown>, ...parts: (MadeCall | Step)[]) =>
  async () =>
    (await judge(trajectoryOf(parts), expectations)).status === 'pass';

/** The gold action `buy(x: 1, y: 2)` as a call that must occur. */
const bought = (args: unknown, made: unknown) =>
  holds({ calls: { any_order: [{ buy: args }] } }, call('buy', made));
const gold = { x: 1, y: 2 };

const compareCases = casesOf('tau2.compare', [
  ['exact', true, bought(gold, gold)],
  [
    'pred_missing_all_args(None)',
    true,
    bought(gold, {}),
    { value: false, why: 'tau2 compares the arguments of the call made: one without any passes' },
  ],
  [
    'pred_subset(None)',
    true,
    bought(gold, { x: 1 }),
    { value: false, why: 'the same: what the call leaves out is not looked at' },
  ],
  ['pred_extra(None)', false, bought(gold, { ...gold, z: 3 })],
  ['compare_args=[x],pred_extra', true, bought({ $partial: { x: 1 } }, { ...gold, z: 3 })],
  ['compare_args=[x],pred_missing_x', false, bought({ $partial: { x: 1 } }, { y: 2 })],
  ['compare_args=[]', true, holds({ calls: { any_order: ['buy'] } }, call('buy', { z: 3 }))],
  ['int_vs_float', true, bought({ x: 1 }, JSON.parse('{"x":1.0}'))],
  ['case_sensitive', false, bought({ x: 'a' }, { x: 'A' })],
]);

const saysCases = casesOf('tau2.communicate_example', [
  [
    'info "1,234" in msg "Total 1,234"',
    false,
    holds({ says: ['1,234'] }, says('Total 1,234')),
    { value: true, why: 'tau2 takes the commas out of the message only' },
  ],
  ['info "1234"', true, holds({ says: ['1234'] }, says('Total 1,234'))],
]);

/** Whether `no_loops` lets the same call pass that many times. */
const allowed =
  (times: number, repeats?: number, args: (n: number) => unknown = () => ({})) =>
  () =>
    holds(
      { no_loops: repeats === undefined ? true : { repeats } },
      ...Array.from({ length: times }, (_, n) => call('poll', args(n))),
    )();

const scored = 'DeepEval gives a score whose half still passes; here a loop is one, or is none';
const weighed = 'DeepEval weighs three checks, so that 1,000 equal calls score 0.6 and pass';
const round = [call('ask', { q: 'x' }), call('tell', { q: 'x' })];

const loopCases = casesOf('deepeval.loop', [
  ['1 identical', 1, allowed(1), { value: true, why: scored }],
  ['2 identical', 1, allowed(2), { value: true, why: scored }],
  ['3 identical', 0.5, allowed(3), { value: true, why: scored }],
  ['5 identical', 0.5, allowed(5), { value: false, why: scored }],
  ['6 identical', 0, allowed(6), { value: false, why: scored }],
  ['3 same name diff args', 1, allowed(3, 1, (n) => ({ n })), { value: true, why: scored }],
  ['combine(.5,1,1)', 0.8, allowed(4), { value: false, why: weighed }],
  ['combine(0,1,1)', 0.6, allowed(1000), { value: false, why: weighed }],
  [
    'combine(1,1,0)',
    0.75,
    holds({ no_loops: true }, ...round, ...round, ...round),
    { value: false, why: weighed },
  ],
  ['combine(0,.5,0)', 0.175, allowed(1000, 999), { value: false, why: weighed }],
  [
    'cycle agent:x->agent:x same input',
    0,
    holds({ no_loops: true }, ...round, ...round),
    { value: true, why: 'a cycle counts once it went round three times, also across calls' },
  ],
]);

const passHat = (n: number, c: number, k: number) => () => passHatK(n, c, k);

const passHatCases = casesOf('tau2.pass_hat_k', [
  ['n4c4k1', 1, passHat(4, 4, 1)],
  ['n4c3k1', 0.75, passHat(4, 3, 1)],
  ['n4c3k2', 0.5, passHat(4, 3, 2)],
  ['n4c3k3', 0.25, passHat(4, 3, 3)],
  ['n4c3k4', 0, passHat(4, 3, 4)],
  ['n4c1k2', 0, passHat(4, 1, 2)],
  ['n5c3k2', 0.3, passHat(5, 3, 2)],
  ['n8c6k4', 0.21428571428571427, passHat(8, 6, 4)],
]);

/** Cases that expectations answer, and pass^k. */
export const judgeCases: readonly ParityCase[] = [
  ...passHatCases,
  ...compareCases,
  ...saysCases,
  ...loopCases,
];
