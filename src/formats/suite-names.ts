import path from 'node:path';

/** Tells whether a suite may give that name to a task, an agent or itself. */
export function isSuiteName(name: string): boolean {
  return name !== '' && !/\p{Cc}/u.test(name);
}

/** The name of a suite that is written to a file. */
export function suiteNameOf(file: string): string {
  return path.basename(file).replace(/(\.suite)?\.ya?ml$/, '');
}

/** The recording of a suite, beside it. */
export function recordingBeside(file: string): string {
  return path.join(path.dirname(file), `${suiteNameOf(file)}.trajectories.jsonl`);
}

/** The tasks of a suite that has very many, beside it. */
export function tasksBeside(file: string): string {
  return path.join(path.dirname(file), `${suiteNameOf(file)}.tasks.jsonl`);
}
