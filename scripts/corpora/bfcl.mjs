// Results of the Berkeley Function Calling Leaderboard, judged by its own checkers.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importAndEvaluate, linesOf } from './agentops.mjs';

/** @typedef {import('./corpora.mjs').Result} Result */

/** @type {import('./corpora.mjs').Corpus} */
export const bfcl = {
  folder: 'bfcl',
  *results(folder, work) {
    yield* singleTurn(path.join(folder, '2024-08-11'), path.join(work, 'single'));
    yield* multiTurn(folder, path.join(work, 'multi'));
  },
};

/**
 * @param {string} folder
 * @param {string} work
 * @returns {Generator<Result>}
 */
function* singleTurn(folder, work) {
  for (const model of foldersIn(path.join(folder, 'result'))) {
    const verdicts = path.join(folder, 'verdicts', `${model}.jsonl`);
    if (!existsSync(verdicts)) continue;
    const published = linesOf(verdicts);
    for (const category of categoriesIn(path.join(folder, 'result', model))) {
      const tasks = path.join(folder, 'questions', `${category}.jsonl`);
      const rules = path.join(folder, 'possible_answer', `${category}.jsonl`);
      const source = path.join(folder, 'result', model, `${category}.jsonl`);
      const flags = ['--tasks', tasks, '--rules', rules];
      const result = resultOf(path.join(work, model, category), source, flags, {
        set: `${model} ${category}`,
        published: published.filter((line) => line.category === category),
      });
      // What speaks Python instead of calling functions is read by another parser than theirs
      const isCalling = model.endsWith('-FC');
      yield isCalling ? { ...result, bar: { agreed: 1995, of: 2000, pool: 'bfcl calls' } } : result;
    }
  }
}

/**
 * @param {string} folder
 * @param {string} work
 * @returns {Generator<Result>}
 */
function* multiTurn(folder, work) {
  const results = path.join(folder, 'v4-multi-turn-results');
  for (const model of foldersIn(results)) {
    for (const category of categoriesIn(path.join(results, model))) {
      const verdicts = path.join(results, model, `${category}.verdicts.jsonl`);
      if (!existsSync(verdicts)) continue;
      const tasks = path.join(folder, 'v4/questions', `BFCL_v4_multi_turn_${category}.jsonl`);
      const answers = `BFCL_v4_multi_turn_${category}.jsonl`;
      const rules = path.join(folder, 'v4/possible_answer', answers);
      const flags = ['--tasks', tasks, '--rules', rules, ...docsIn(folder, work)];
      const source = path.join(results, model, `${category}.jsonl`);
      yield resultOf(path.join(work, model, category), source, flags, {
        set: `${model} multi_turn_${category}`,
        published: linesOf(verdicts),
      });
    }
  }
}

/**
 * The functions of all classes, which lie in a file each, as one.
 * @param {string} folder
 * @param {string} work
 */
function docsIn(folder, work) {
  const docs = path.join(folder, 'v4/multi_turn_func_doc');
  if (!existsSync(docs)) return [];
  const texts = readdirSync(docs).map((file) => readFileSync(path.join(docs, file), 'utf8').trim());
  const whole = path.join(work, 'functions.jsonl');
  mkdirSync(work, { recursive: true });
  writeFileSync(whole, `${texts.join('\n')}\n`);
  return ['--tools', whole];
}

/** @param {string} folder */
function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** @param {string} folder */
function categoriesIn(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl') && !file.endsWith('.verdicts.jsonl'))
    .map((file) => file.slice(0, -'.jsonl'.length))
    .sort();
}

/**
 * @param {string} work
 * @param {string} source
 * @param {string[]} flags
 * @param {{ set: string, published: any[] }} of
 * @returns {Result}
 */
function resultOf(work, source, flags, { set, published }) {
  const { trials, faults } = importAndEvaluate(work, [source], flags);
  const ours = new Map(trials.map(({ task, status }) => [task, status]));
  const answers = published.map(({ id, valid, error_type: note }) => {
    const theirs = valid ? 'pass' : 'fail';
    return { key: id, ours: ours.get(id) ?? 'absent', theirs, ...(note && { note }) };
  });
  return { set, question: 'valid', answers, faults };
}
