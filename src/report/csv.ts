import type { RowResult } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { type CsvCell, csvLine } from './csv-text.ts';
import { badVerdicts } from './findings.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { eachRow } from './rows.ts';
import { summaryOf } from './run-summary.ts';

/** For spreadsheets and data frames: a line for each trial. */
export const csv: Reporter = {
  key: 'csv',
  words: 'A line for each trial, for spreadsheets',
  report,
};

/** What a line is made of. */
interface Line {
  readonly id: string;
  readonly row: RowResult;
  readonly tags: readonly string[];
  readonly result: TrialResult;
}

/** The columns by their names, in order. */
const COLUMNS: Readonly<Record<string, (line: Line) => CsvCell>> = {
  run: ({ id }) => id,
  suite: ({ result }) => result.suite,
  task: ({ result }) => result.task,
  agent: ({ result }) => result.agent,
  attack: ({ result }) => result.attack,
  trial: ({ result }) => result.trial,
  status: ({ result }) => result.status,
  score: ({ result }) => result.score,
  stop: ({ result }) => result.stop,
  reason: ({ result }) => result.reason ?? badVerdicts(result)[0]?.reason ?? null,
  failed_verdicts: ({ result }) => pathsOf(result, 'fail'),
  undecided_verdicts: ({ result }) => pathsOf(result, 'error'),
  turns: ({ result }) => result.turns,
  tool_calls: ({ result }) => result.tool_calls,
  input_tokens: ({ result }) => result.input_tokens,
  output_tokens: ({ result }) => result.output_tokens,
  cost_usd: ({ result }) => result.cost_usd,
  judge_cost_usd: ({ result }) => result.judge_cost_usd ?? null,
  duration_ms: ({ result }) => result.duration_ms,
  tags: ({ tags }) => tags.join(' '),
  quarantine_until: ({ row }) => row.quarantine?.until ?? null,
  quarantine_owner: ({ row }) => row.quarantine?.owner ?? null,
  trial_id: ({ result }) => result.id,
};

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  yield csvLine(Object.keys(COLUMNS));
  for await (const { row, index, trials } of eachRow(run, summary)) {
    const tags = run.plan.rows[index]?.tags ?? [];
    for await (const result of trials) {
      const line = { id: run.id, row, tags, result };
      yield csvLine(Object.values(COLUMNS).map((cell) => cell(line)));
    }
  }
}

function pathsOf(result: TrialResult, status: 'fail' | 'error'): string {
  const paths = badVerdicts(result).filter((verdict) => verdict.status === status);
  return paths.map(({ path }) => path).join(' ');
}
