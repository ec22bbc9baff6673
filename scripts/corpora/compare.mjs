// How verdicts of ours and of others are compared: counts, agreement, Cohen's kappa.

/**
 * A question that both answered, or that one of them could not.
 * @typedef {object} Answer
 * @property {string} key  what the question is about, such as `12#1`
 * @property {string} ours  pass, fail or error, or `absent` where it was not judged at all
 * @property {string} theirs  pass or fail; error where they cannot say
 * @property {string} [note]  what they say about it
 */

/**
 * @typedef {object} Comparison
 * @property {number} n
 * @property {number} agreed
 * @property {Record<string, Record<string, number>>} confusion  theirs, then ours
 * @property {number | null} kappa  null where chance alone decides
 * @property {Answer[]} disagreements
 */

const STATUSES = ['pass', 'fail', 'error', 'absent'];

/**
 * Compares answers; whatever is not equal, undecided or lost included, is a disagreement.
 * @param {readonly Answer[]} answers
 * @returns {Comparison}
 */
export function compare(answers) {
  /** @type {Record<string, Record<string, number>>} */
  const confusion = {};
  for (const { theirs, ours } of answers) {
    const row = confusion[theirs] ?? {};
    confusion[theirs] = { ...row, [ours]: (row[ours] ?? 0) + 1 };
  }
  const disagreements = answers.filter(({ ours, theirs }) => ours !== theirs);
  const n = answers.length;
  return { n, agreed: n - disagreements.length, confusion, kappa: kappaOf(answers), disagreements };
}

/**
 * Cohen's kappa: agreement beyond that of two who answer at random with the same shares of answers.
 * @param {readonly Answer[]} answers
 */
function kappaOf(answers) {
  const n = answers.length;
  if (n === 0) return null;
  const observed = answers.filter(({ ours, theirs }) => ours === theirs).length / n;
  let chance = 0;
  for (const status of STATUSES) {
    const theirs = answers.filter((answer) => answer.theirs === status).length;
    const ours = answers.filter((answer) => answer.ours === status).length;
    chance += (theirs * ours) / (n * n);
  }
  return chance === 1 ? null : (observed - chance) / (1 - chance);
}
