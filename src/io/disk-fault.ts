import { AgentopsError } from '../errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it exists already',
  EFBIG: 'it would be larger than the file system allows',
  EIO: 'the disk reported an input or output error',
  EISDIR: 'it is a folder, expected a file',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is not a folder',
  ENOTEMPTY: 'the folder is not empty',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};

const NAMED_BY_USER = new Set([
  'EACCES',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
]);

/** Turns what reading a file threw into an `AgentopsError`: `input_fault` where the name is at fault, else `disk_fault`; one that is an `AgentopsError` stays. */
export function readFault(file: string, thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (code === undefined) return thrown;
  const kind = NAMED_BY_USER.has(code) ? 'input_fault' : 'disk_fault';
  return new AgentopsError(kind, `Cannot read "${file}": ${wordsFor(code)}`, { cause: thrown });
}

/** Turns what writing (or another `action`) threw into a `disk_fault`; anything but an error of the system stays. */
export function writeFault(file: string, thrown: unknown, action = 'write'): unknown {
  const code = codeOf(thrown);
  if (code === undefined) return thrown;
  const message = `Cannot ${action} "${file}": ${wordsFor(code)}`;
  return new AgentopsError('disk_fault', message, { cause: thrown });
}

/** Code of a system error such as `ENOENT`, undefined for anything else. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || thrown instanceof AgentopsError) return undefined;
  const { code, syscall } = thrown as NodeJS.ErrnoException; // only read, and checked below
  return typeof code === 'string' && (syscall !== undefined || Object.hasOwn(WORDS, code))
    ? code
    : undefined;
}

function wordsFor(code: string): string {
  return (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? `the system says ${code}`;
}
