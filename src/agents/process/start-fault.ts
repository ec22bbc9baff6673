import { statSync } from 'node:fs';
import type { ProgramOptions, StartError } from './program.ts';

const KINDS: Readonly<Record<string, StartError['kind']>> = {
  ENOENT: 'no_program',
  ENOTDIR: 'no_program',
  EACCES: 'not_executable',
  EPERM: 'not_executable',
  ENOEXEC: 'not_executable',
  E2BIG: 'too_long',
  EAGAIN: 'no_room',
  EMFILE: 'no_room',
  ENFILE: 'no_room',
  ENOMEM: 'no_room',
};

const WORDS: Readonly<Partial<Record<StartError['kind'], string>>> = {
  no_program: 'there is no such program, or no interpreter that its first line names',
  not_executable: 'it is not a file that may be executed',
  too_long: 'its arguments and environment are longer than the system allows',
  no_room: 'the system has no room for another process',
};

/** Says why a program could not be started, from what `spawn` threw or emitted. */
export function startFault({ program, cwd }: ProgramOptions, thrown: unknown): StartError {
  const action = `Cannot start ${JSON.stringify(program[0])}`;
  if (!isFolder(cwd)) {
    return { kind: 'no_folder', message: `${action}: its working folder "${cwd}" is not there` };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error ? String(error.code) : '';
  const kind = (Object.hasOwn(KINDS, code) ? KINDS[code] : undefined) ?? 'other';
  return { kind, message: `${action}: ${WORDS[kind] ?? error.message}` };
}

function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
