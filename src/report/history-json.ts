import type { TaskHistory, TaskPoint } from '../store/task-history.ts';
import { flakiestFirst, historyFigures, isEdited } from './history-figures.ts';
import { jsonLine } from './json-text.ts';

/** Histories of tasks as a JSON list for programs, a task a line, the flakiest first. */
export function historyJson(histories: readonly TaskHistory[]): string {
  const lines = flakiestFirst(histories).map((history) => `\n${jsonLine(taskOf(history))}`);
  return `[${lines.join(',')}\n]\n`;
}

function taskOf(history: TaskHistory): object {
  const { suite, task, attack, agent, points } = history;
  const { decided, ...figures } = historyFigures(history);
  const runs = points.map((point, at) => pointOf(point, isEdited(points, at)));
  return { suite, task, attack, agent, decided_runs: decided, ...figures, runs };
}

function pointOf({ run, started_at, commit, labels, row }: TaskPoint, edited: boolean): object {
  const { status, passed, failed, errored, skipped, pass_rate, score, quarantine } = row;
  const counts = { passed, failed, errored, skipped };
  const kept = quarantine === undefined ? {} : { quarantine };
  return { run, started_at, commit, labels, status, ...counts, pass_rate, score, edited, ...kept };
}
