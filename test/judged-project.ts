import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TrialResult } from '../src/model/trial-result.ts';
import { type Ended, runAgentops } from './run-agentops.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A suite with LLM judges as data. */
export interface JudgedSuite {
  /** By name; each is asked about a task of its name, unless there are tasks. */
  readonly judges: Fields;
  readonly tasks?: readonly Fields[];
  /** The lines of its trajectories; unless given, one of each task. */
  readonly trajectories?: readonly string[];
  /** More keys of the suite. */
  readonly more?: Fields;
}

/** Where models of judges are, and more keys of the settings. */
export interface JudgeSettings {
  readonly url: string;
  /** More keys of the endpoint of all models. */
  readonly endpoint?: Fields;
  /** Endpoints that go before that of all models. */
  readonly models?: Fields;
  readonly more?: Fields;
}

/** A line of a recording of judges. */
export interface RecordedLine {
  readonly key: string;
  readonly judge: string;
  readonly task: string;
  readonly attempt: number;
  readonly nonce: string;
  readonly text: string | null;
}

/** A run of the command line, with the trials of the last run by task. */
export interface JudgedRun extends Ended {
  readonly seconds: number;
  readonly trials: Readonly<Record<string, TrialResult>>;
}

/** A judge of a suite, with a model of its own. */
export function judge(model: string, more: Fields = {}): Fields {
  return { model, rubric: 'Did the customer get what they asked for?', ...more };
}

/** What an agent did with a task, as a line of trajectories. */
export function trajectory(task: string, more: Fields = {}): string {
  const steps = [
    { type: 'message', role: 'user', content: `Where is the parcel of ${task}?` },
    { type: 'tool_call', id: 'c1', tool: 'find', args: { parcel: task } },
    { type: 'tool_result', id: 'c1', result: { place: 'Ghent' } },
    { type: 'message', role: 'assistant', content: 'It is in Ghent.' },
  ];
  const head = { schema_version: 1, task, agent: 'desk', trial: 1, stop: 'completed' };
  return JSON.stringify({ ...head, steps, ...more });
}

/** Writes a suite and the settings of its project into a folder; YAML is a superset of JSON. */
export function writeJudged(folder: string, suite: JudgedSuite, settings: JudgeSettings): void {
  const { judges, more } = suite;
  const tasks = suite.tasks ?? Object.keys(judges).map(taskOf);
  const lines = suite.trajectories ?? tasks.map(({ id }) => trajectory(String(id)));
  mkdirSync(path.join(folder, 'suites'), { recursive: true });
  const write = (name: string, value: unknown) =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  write('package.json', { private: true });
  write('agentops.config.yaml', {
    models: { '*': { base_url: settings.url, ...settings.endpoint }, ...settings.models },
    ...settings.more,
  });
  writeFileSync(path.join(folder, 'suites/told.jsonl'), `${lines.join('\n')}\n`);
  const agents = { desk: { replay: './told.jsonl' } };
  write('suites/judged.suite.yaml', { suite: 'judged', agents, judges, tasks, ...more });
}

function taskOf(name: string): Fields {
  return { id: name, expect: { judge: { [name]: {} } } };
}

/** A variable that holds a key. */
export const KEY = { THE_KEY: 'sk-canary-0815-4711-key' };

/** Runs a command in such a folder; the key is in its environment. */
export async function judged(folder: string, ...args: readonly string[]): Promise<JudgedRun> {
  const started = performance.now();
  const ended = await runAgentops(args, folder, KEY);
  return { ...ended, seconds: (performance.now() - started) / 1000, trials: lastTrials(folder) };
}

/** The trials of the last run by task; none before there is one. */
export function lastTrials(folder: string): Record<string, TrialResult> {
  const trials: Record<string, TrialResult> = Object.create(null);
  const run = lastRun(folder);
  const file = run === null ? '' : path.join(run, 'trials.jsonl');
  if (!existsSync(file)) return trials;
  for (const result of linesOf<TrialResult>(file)) trials[result.task ?? ''] = result;
  return trials;
}

/** The folder of the last run, null where there is none. */
function lastRun(folder: string): string | null {
  const runs = path.join(folder, '.agentops/runs');
  if (!existsSync(runs)) return null;
  const names = readdirSync(runs).filter((name) => !name.startsWith('.'));
  const last = names.sort().at(-1);
  return last === undefined ? null : path.join(runs, last);
}

/** Where the answers of judges are recorded. */
export function recordingOf(folder: string): string {
  return path.join(folder, 'suites/judged.judges.jsonl');
}

/** What is recorded; nothing where there is no recording. */
export function recorded(folder: string): RecordedLine[] {
  const file = recordingOf(folder);
  return existsSync(file) ? linesOf(file) : [];
}

function linesOf<Line>(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Line); // written by the program
}

/** The verdict of the judge of a trial. */
export function verdictOf(trial: TrialResult | undefined, name = trial?.task ?? '') {
  return trial?.verdicts.find(({ path: at }) => at === `expect.judge.${name}`);
}

/** What trials came to, in the order of their tasks, without where answers of judges come from. */
export function judgedAs({ trials }: JudgedRun) {
  const all = Object.values(trials).sort((a, b) => ((a.task ?? '') < (b.task ?? '') ? -1 : 1));
  return all.map(({ task, status, score, verdicts }) => ({
    ...{ task, status, score },
    verdicts: verdicts.map(({ details: _, ...rest }) => rest),
  }));
}
