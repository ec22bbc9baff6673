/** Adjusted p-values of Benjamini & Hochberg (1995), in the order of what was given: of those below q, at most a share q is expected to be false. Null entries were not tested and stay null. */
export function benjaminiHochberg(ps: readonly (number | null)[]): (number | null)[] {
  const tested = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = ps.map(() => null);
  let least = 1;
  tested.forEach(({ p, at }, place) => {
    least = Math.min(least, (p * tested.length) / (tested.length - place));
    adjusted[at] = least;
  });
  return adjusted;
}
