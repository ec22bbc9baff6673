import { describe, expect, it } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { codeOf, readFault, writeFault } from './disk-fault.ts';

const system = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });

describe('readFault()', () => {
  it.each([
    ['ENOENT', 'input_fault', 'there is no such file or folder'],
    ['EISDIR', 'input_fault', 'it is a folder, expected a file'],
    ['EACCES', 'input_fault', 'permission denied'],
    ['EIO', 'disk_fault', 'the disk reported an input or output error'],
    ['EMFILE', 'disk_fault', 'too many files are open'],
    ['EWEIRD', 'disk_fault', 'the system says EWEIRD'],
  ])('says of %s that it is an %s', (errno, code, words) => {
    const cause = system(errno);
    expect(readFault('a.json', cause)).toMatchObject({
      code,
      message: `Cannot read "a.json": ${words}`,
      cause,
    });
  });

  it('leaves what is no error of the system', () => {
    const ours = new AgentopsError('usage', 'Cannot run');
    for (const thrown of [
      ours,
      new TypeError('x'),
      'text',
      new DOMException('stop', 'AbortError'),
    ]) {
      expect(readFault('a.json', thrown)).toBe(thrown);
      expect(codeOf(thrown)).toBe(undefined);
    }
  });
});

describe('writeFault()', () => {
  it('is always the fault of the disk, and names what was tried', () => {
    expect(writeFault('a', system('EROFS'))).toMatchObject({
      code: 'disk_fault',
      message: 'Cannot write "a": the file system is read-only',
    });
    expect(writeFault('a', system('ENOENT'), 'remove')).toMatchObject({
      message: 'Cannot remove "a": there is no such file or folder',
    });
  });
});
