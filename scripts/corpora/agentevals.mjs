// Cases of LangChain's agentevals, each with the answer of that library.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { importAndEvaluate } from './agentops.mjs';

/** @type {import('./corpora.mjs').Corpus} */
export const agentevals = {
  folder: 'langchain-agentevals',
  *results(folder, work) {
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const flags = ['--from', 'agentevals'];
      const { trials, trajectories, faults } = importAndEvaluate(
        path.join(work, file),
        [path.join(folder, file)],
        flags,
      );
      const statuses = new Map(trials.map(({ task, status }) => [task, status]));
      const answers = trajectories.flatMap(({ task, labels }) => {
        const theirs = labels?.['published'];
        if (theirs !== 'pass' && theirs !== 'fail') return [];
        return [{ key: task, ours: statuses.get(task) ?? 'absent', theirs }];
      });
      yield { set: file, question: 'score', answers, faults };
    }
  },
};
