import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { JsonReport } from '../src/model/report.ts';

/** One line of a recording: text as it is, bytes, or a record. */
export type Line = string | Buffer | Readonly<Record<string, unknown>>;

/** A suite of one agent with its recording. */
export interface HostileCase {
  /** Lines of the recording, each with its end; `end` replaces the end of the last one. */
  readonly lines: readonly Line[];
  readonly end?: string;
  /** Expectations by task, as YAML flow or block text on one line. */
  readonly tasks: Readonly<Record<string, string>>;
  /** More keys of the suite, as YAML text. */
  readonly more?: string;
}

/** A step that says something, so that the agent did not do nothing. */
export const SAID = { type: 'message', role: 'assistant', content: 'Done.' };

/** A record of a trial that said something and did nothing, with what is given in its place. */
export function record(over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const names = { schema_version: 1, suite: 'hostile', task: 'a', agent: 'recorded', trial: 1 };
  return { ...names, steps: [SAID], stop: 'completed', ...over };
}

/** A call and its result. */
export function called(tool: string, args: unknown, id = 'c1'): Record<string, unknown>[] {
  return [
    { type: 'tool_call', id, tool, args },
    { type: 'tool_result', id, result: { ok: true } },
  ];
}

/** Writes suite and recording into a folder. */
export function writeCase(folder: string, { lines, end = '\n', tasks, more = '' }: HostileCase) {
  const bytes = lines.map((line, index) => {
    const text = typeof line === 'string' || Buffer.isBuffer(line) ? line : JSON.stringify(line);
    const tail = index === lines.length - 1 ? end : '\n';
    return Buffer.concat([Buffer.from(text), Buffer.from(tail)]);
  });
  writeSuite(folder, tasks, more);
  writeFileSync(path.join(folder, 'suites/recorded.trajectories.jsonl'), Buffer.concat(bytes));
}

/** Writes a suite whose recording is written apart. */
export function writeSuite(folder: string, tasks: HostileCase['tasks'], more = ''): void {
  const written = Object.entries(tasks).map(
    ([id, expect]) => `  - id: ${JSON.stringify(id)}\n    input: Go on.\n    expect: ${expect}\n`,
  );
  const head = `suite: hostile\nagents:\n  recorded: { replay: ./recorded.trajectories.jsonl }\n${more}tasks:\n`;
  mkdirSync(path.join(folder, 'suites'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{}\n');
  writeFileSync(path.join(folder, 'suites/hostile.suite.yaml'), head + written.join(''));
}

/** Writes a recording piece by piece, for what is too large for memory. */
export async function writeRecording(folder: string, pieces: Iterable<string>): Promise<void> {
  const file = path.join(folder, 'suites/recorded.trajectories.jsonl');
  const stream = createWriteStream(file);
  for (const piece of pieces) {
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

/** Status of each trial in a JSON report, by task and trial. */
export function statusesIn(folder: string): Record<string, string> {
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as JsonReport; // written by the program under test
  return Object.fromEntries(
    report.trials.map(({ task, trial, status }) => [`${task}#${trial}`, status]),
  );
}
