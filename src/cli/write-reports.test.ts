import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentopsError } from '../errors.ts';
import type { Reporter } from '../report/reporter.ts';
import { sampleRun } from '../report/sample-run.test-support.ts';
import { outputOf } from './output.ts';
import { writeReports } from './write-reports.ts';

const run = sampleRun([{ trials: [{}] }]);
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'agentops-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function reporter(key: string, pieces: () => AsyncIterable<string>): Reporter {
  return { key, words: key, report: pieces };
}

const good = reporter('good', async function* () {
  yield 'one\n';
  yield 'two\n';
});
const broken = reporter('broken', async function* () {
  yield 'one\n';
  throw new TypeError('x is not a function');
});

function stdout() {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const output = outputOf(stream, 'standard output');
  return { written, output, look: { colour: false, width: null, ascii: false } };
}

describe('writeReports()', () => {
  it('writes to standard output and to files in folders that are not there yet', async () => {
    const out = stdout();
    const file = path.join(folder, 'a/b/report.txt');
    const troubles = await writeReports(
      run,
      [
        { reporter: good, file: null },
        { reporter: good, file },
      ],
      out,
    );
    expect(troubles).toEqual([]);
    expect(out.written.join('')).toBe('one\ntwo\n');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  });

  it('keeps the old file whole and writes the other reports when a reporter throws', async () => {
    const file = path.join(folder, 'report.txt');
    writeFileSync(file, 'old');
    const other = path.join(folder, 'other.txt');
    const troubles = await writeReports(
      run,
      [
        { reporter: broken, file },
        { reporter: good, file: other },
      ],
      stdout(),
    );
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toBeInstanceOf(AgentopsError);
    expect(troubles[0]).toMatchObject({
      code: 'internal',
      message: 'Cannot write the report "broken": x is not a function',
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readFileSync(other, 'utf8')).toBe('one\ntwo\n');
    expect(readdirSync(folder).sort()).toEqual(['other.txt', 'report.txt']);
  });

  it('reports a folder in the place of the file', async () => {
    const troubles = await writeReports(run, [{ reporter: good, file: folder }], stdout());
    expect(troubles[0]).toMatchObject({ code: 'disk_fault' });
  });

  it.skipIf(!existsSync('/dev/full'))('reports a full disk', async () => {
    const troubles = await writeReports(run, [{ reporter: good, file: '/dev/full' }], stdout());
    expect(troubles[0]).toMatchObject({
      code: 'disk_fault',
      message:
        'Cannot write the report "good": Cannot write "/dev/full": no space is left on the disk',
    });
  });
});
