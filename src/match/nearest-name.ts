/** Names longer than this are not compared: nobody mistypes them. */
const LONGEST = 80;

/** Comparisons that one list of candidates is worth; after that no more is offered from it. */
const MOST_COMPARED = 200_000;

/** What was found among a list already, and how much looking it took. */
interface Searched {
  readonly found: Map<string, string | null>;
  compared: number;
}

const searches = new WeakMap<object, Searched>();

/** The candidate that a misspelt name most likely meant, null where none is near: fewest edits (swaps count one), at most a third of the name, and one only for names of three letters or more. */
export function nearestName(
  name: string,
  candidates: Iterable<string>,
  atMost = Number.POSITIVE_INFINITY,
): string | null {
  if (name.length > LONGEST) return null;
  const known = searches.get(candidates) ?? { found: new Map(), compared: 0 };
  searches.set(candidates, known);
  const found = known.found.get(name);
  if (found !== undefined) return found;
  if (known.compared > MOST_COMPARED) return null;
  const near = search(name, candidates, known, atMost);
  known.found.set(name, near);
  return near;
}

function search(
  name: string,
  candidates: Iterable<string>,
  known: Searched,
  atMost: number,
): string | null {
  const lower = name.toLowerCase();
  const most = Math.min(atMost, Math.floor(name.length / 3));
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const allowed = Math.min(least - 1, Math.max(most, candidate.length >= 3 ? 1 : 0));
    if (candidate.length > LONGEST || Math.abs(candidate.length - name.length) > allowed) continue;
    known.compared++;
    const edits = editDistance(lower, candidate.toLowerCase(), allowed);
    if (edits <= allowed) [best, least] = [candidate, edits];
    if (least === 0) break;
  }
  return best;
}

/** The half sentence that names the nearest candidate, or lists what is known. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearestName(name, candidates);
  if (near !== null) return `did you mean "${near}"?`;
  if (candidates.length === 0) return 'none are known';
  const shown = candidates.slice(0, 12).join(', ');
  return `known are ${shown}${candidates.length > 12 ? ', …' : ''}`;
}

/** Edits between two texts, as far as they are at most so many: insert, delete, change, swap of neighbours (optimal string alignment). */
function editDistance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    for (let j = from; j <= to; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return least;
    [before, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
