import { Measurement } from '../model/measurement.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { counted, countText, scoreText } from './figures.ts';
import type { Ink } from './ink.ts';
import { type Column, drawTable } from './table.ts';
import { wrap } from './wrap.ts';

/** A metric over the trials of one suite and agent. */
export interface MetricFigure {
  readonly suite: string;
  readonly agent: string;
  /** Path of its verdicts. */
  readonly path: string;
  /** Trials in which it was measured, in which it reached its threshold, in which it could not be told. */
  trials: number;
  reached: number;
  undecided: number;
  sum: number;
  lowest: number;
}

/** Metrics of a run by suite, agent and path. */
export type MetricFigures = Map<string, MetricFigure>;

const MOST_ROWS = 50;
const METRIC_PATH = /(?:^|\.)metrics\.\w+$/;

/** Adds the metrics of one trial. */
export function noteMetrics(figures: MetricFigures, result: TrialResult): void {
  const { suite, agent } = result;
  for (const { path, status, details } of result.verdicts) {
    if (!METRIC_PATH.test(path)) continue;
    const found = status === 'error' ? null : (Measurement.safeParse(details).data ?? null);
    if (status !== 'error' && found === null) continue;
    const key = JSON.stringify([suite, agent, path]);
    const figure = figures.get(key) ?? {
      ...{ suite, agent, path, trials: 0, reached: 0, undecided: 0, sum: 0, lowest: 1 },
    };
    figures.set(key, figure);
    if (found === null) {
      figure.undecided++;
      continue;
    }
    figure.trials++;
    figure.sum += found.value;
    figure.lowest = Math.min(figure.lowest, found.value);
    if (status === 'pass') figure.reached++;
  }
}

/** A table of the metrics that somebody asked for: mean and lowest value, and how often each reached its threshold. */
export async function metricTables(figures: MetricFigures, ink: Ink): Promise<string[]> {
  const all = [...figures.values()];
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_ROWS);
  const many = new Set(all.map(({ suite, agent }) => JSON.stringify([suite, agent]))).size > 1;
  const columns: Column[] = [
    ...(many
      ? [
          { head: 'Suite', least: 6, spare: 2 },
          { head: 'Agent', least: 6 },
        ]
      : []),
    { head: 'Metric', least: 12 },
    { head: 'Mean', align: 'right' },
    { head: 'Lowest', align: 'right', spare: 1 },
    { head: 'Reached', align: 'right' },
    ...(all.some(({ undecided }) => undecided > 0)
      ? [{ head: 'Undecided', align: 'right' } as const]
      : []),
  ];
  const rows = shown.map((figure) => {
    const { trials, sum, lowest, reached, undecided } = figure;
    const texts = [
      ...(many ? [ink.line(figure.suite, 80), ink.line(figure.agent, 80)] : []),
      ink.line(figure.path, 80),
      scoreText(trials === 0 ? null : sum / trials, ink.signs.none),
      scoreText(trials === 0 ? null : lowest, ink.signs.none),
      `${countText(reached)}/${countText(trials)}`,
      countText(undecided),
    ];
    return texts.slice(0, columns.length).map((text) => ({ text }));
  });
  const left = all.length - shown.length;
  const more =
    left > 0
      ? wrap(
          `${ink.signs.ellipsis} ${counted(left, 'more metric')}: the json report has the verdicts`,
          ink.width,
        )
      : [];
  return [ink.strong('Metrics'), ...(await drawTable(columns, rows, ink, '  ')), ...more, ''];
}
