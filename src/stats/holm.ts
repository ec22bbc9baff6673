/** Holm's adjusted p-values (Holm 1979), in the order of what was given: at most a share alpha of families has one below alpha where nothing holds. Null entries were not tested and stay null. */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const tested = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = ps.map(() => null);
  let most = 0;
  tested.forEach(({ p, at }, rank) => {
    most = Math.max(most, Math.min(1, p * (tested.length - rank)));
    adjusted[at] = most;
  });
  return adjusted;
}
