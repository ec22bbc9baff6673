// The causes of known disagreements, which people look up in the page.

/**
 * Reads the rows of the tables of `docs/corpora.md` whose first two cells are code: the set and the question's key.
 * @param {string} markdown
 * @returns {Map<string, string>} cause by set and key
 */
export function causesIn(markdown) {
  const causes = new Map();
  for (const line of markdown.split('\n')) {
    const row = /^\| `([^`]+)` \| `([^`]+)` \| (.+?) \|$/.exec(line.trim());
    // A bar inside a cell of a table is escaped
    if (row) causes.set(keyOf(row[1] ?? '', (row[2] ?? '').replaceAll('\\|', '|')), row[3]);
  }
  return causes;
}

/**
 * @param {string} set
 * @param {string} key
 */
function keyOf(set, key) {
  return `${set}\n${key}`;
}

/**
 * The cause of one case, or of a case that all sets of a corpus have; null where nobody has looked.
 * @param {ReadonlyMap<string, string>} causes
 * @param {string} corpus
 * @param {string} set
 * @param {string} key
 */
export function causeOf(causes, corpus, set, key) {
  return causes.get(keyOf(set, key)) ?? causes.get(keyOf(corpus, key)) ?? null;
}
