import type { Step, Trajectory } from '../model/trajectory.ts';
import { addDifferences, type Found } from './align-differences.ts';
import { arranged } from './align-parallel.ts';
import { alignSides } from './align-sides.ts';
import { contentOf, createInterner, type Unit, unitsOf } from './align-units.ts';
import type { StepDiff, StepPair } from './step-diff.ts';

/** Lays two trajectories side by side: most equal steps, then calls of the same tool with the fewest differing arguments, then the earliest; linear in equal ones, bounded in any. */
export function alignTrajectories(base: Trajectory, head: Trajectory): StepDiff {
  const intern = createInterner();
  const ofBase = { steps: base.steps, units: arranged(unitsOf('base', base.steps, intern)) };
  const ofHead = { steps: head.steps, units: arranged(unitsOf('head', head.steps, intern)) };
  const { partner, exact } = alignSides(ofBase, ofHead, intern);
  const pairs: StepPair[] = [];
  for (const [one, other] of inOrder(ofBase.units, ofHead.units, partner)) {
    for (const [i, j] of stepsOf(one, other)) pairs.push(pairOf(i, j, base.steps, head.steps));
  }
  const stops = { base: stopText(base), head: stopText(head) };
  const done = pairs.findIndex((pair) => isDoneOtherwise(pair, base.steps, head.steps));
  const any = pairs.findIndex(({ kind }) => kind !== 'same');
  const last = stops.base === stops.head ? null : pairs.length;
  return {
    pairs,
    divergence: done >= 0 ? done : last,
    firstWords: any >= 0 ? any : last,
    stops,
    exact,
  };
}

/** All units in base's order, what head has alone before the unit that it came before. */
function* inOrder(
  base: readonly Unit[],
  head: readonly Unit[],
  partner: Int32Array,
): Iterable<readonly [Unit | undefined, Unit | undefined]> {
  const taken = new Set(partner);
  let next = 0;
  function* aloneUpTo(end: number): Iterable<readonly [undefined, Unit | undefined]> {
    for (; next < end; next++) if (!taken.has(next)) yield [undefined, head[next]];
  }
  for (const [i, unit] of base.entries()) {
    const j = partner[i] ?? -1;
    if (j >= 0) yield* aloneUpTo(j);
    yield [unit, head[j]];
  }
  yield* aloneUpTo(head.length);
}

/** The steps of a pair of units beside each other: an earlier decision, the call, a later decision, its result. */
function stepsOf(one: Unit | undefined, other: Unit | undefined): [number, number][] {
  const steps: [number, number][] = [[one?.step ?? -1, other?.step ?? -1]];
  const decisions: [number, number] = [one?.decision ?? -1, other?.decision ?? -1];
  const results: [number, number] = [one?.result ?? -1, other?.result ?? -1];
  const by = one && one.decision >= 0 ? one : other;
  if (by && by.decision < by.step) steps.unshift(decisions);
  else steps.push(decisions);
  return [...steps, results].filter(([i, j]) => i >= 0 || j >= 0);
}

function pairOf(i: number, j: number, base: readonly Step[], head: readonly Step[]): StepPair {
  const [one, other] = [base[i], head[j]];
  const alone = { differences: [], omitted: 0 };
  if (one === undefined) return { base: null, head: j, kind: 'only_head', ...alone };
  if (other === undefined) return { base: i, head: null, kind: 'only_base', ...alone };
  const found: Found = { differences: [], omitted: 0 };
  addDifferences(found, contentOf(one), contentOf(other), one.type === 'message' ? 'content' : '');
  const differs = found.differences.length > 0;
  const kind = differs ? (one.type === 'message' ? 'reworded' : 'changed') : 'same';
  return { base: i, head: j, kind, ...found };
}

/** Whether a pair shows that something else was done, not only said. */
export function isDoneOtherwise(
  { base, head, kind }: StepPair,
  ofBase: readonly Step[],
  ofHead: readonly Step[],
): boolean {
  if (kind === 'same' || kind === 'reworded') return false;
  const step = base === null ? ofHead[head ?? -1] : ofBase[base];
  return step?.type !== 'message';
}

function stopText({ stop, limit }: Trajectory): string | null {
  return stop !== null && limit ? `${stop} (${limit})` : stop;
}
