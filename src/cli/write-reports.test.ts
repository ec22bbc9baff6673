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

  it('keeps what was written before a reporter threw half-way to standard output, and names it', async () => {
    const halfway = reporter('halfway', async function* () {
      yield 'x'.repeat(100_000);
      throw new AgentopsError('store_fault', 'Cannot read trials.jsonl line 3');
    });
    const out = stdout();
    const file = path.join(folder, 'other.txt');
    const requests = [
      { reporter: halfway, file: null },
      { reporter: good, file },
    ];
    const troubles = await writeReports(run, requests, out);
    expect(troubles).toMatchObject([
      {
        code: 'store_fault',
        message: 'Cannot write the report "halfway": Cannot read trials.jsonl line 3',
      },
    ]);
    expect(out.written.join('')).toBe('x'.repeat(100_000));
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  });

  it('names a reporter that throws before its first piece, whatever it throws', async () => {
    const hasty = reporter('hasty', () => {
      throw 'no error at all';
    });
    const troubles = await writeReports(run, [{ reporter: hasty, file: null }], stdout());
    expect(troubles[0]?.message).toBe('Cannot write the report "hasty": no error at all');
  });

  it('goes on where nobody reads standard output any more, which is no fault', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
    });
    let pieces = 0;
    const endless = reporter('endless', async function* () {
      for (;;) {
        pieces++;
        yield 'x'.repeat(70_000);
      }
    });
    const file = path.join(folder, 'other.txt');
    const requests = [
      { reporter: endless, file: null },
      { reporter: good, file },
    ];
    const out = { ...stdout(), output: outputOf(gone, 'standard output') };
    expect(await writeReports(run, requests, out)).toEqual([]);
    expect(pieces).toBeLessThan(4);
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
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

describe('writeReports(), what is appended', () => {
  const wordy = (report: Reporter['report']): Reporter => ({
    ...good,
    appends: [{ variable: 'CI_SUMMARY', report }],
  });

  it('adds to the file that a variable names, once for each report', async () => {
    const file = path.join(folder, 'summary.md');
    writeFileSync(file, 'before\n');
    const requests = [{ reporter: wordy(good.report), file: null }];
    const surroundings = { environment: { CI_SUMMARY: file } };
    for (const _ of [1, 2]) {
      expect(await writeReports(run, requests, stdout(), surroundings)).toEqual([]);
    }
    expect(readFileSync(file, 'utf8')).toBe('before\none\ntwo\none\ntwo\n');
  });

  it.each([{}, { CI_SUMMARY: '' }])(
    'adds nothing where the environment is %j',
    async (environment) => {
      const requests = [{ reporter: wordy(good.report), file: null }];
      expect(await writeReports(run, requests, stdout(), { environment })).toEqual([]);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('adds nothing of a report that throws, and says which', async () => {
    const file = path.join(folder, 'summary.md');
    const requests = [
      { reporter: wordy(broken.report), file: null },
      { reporter: good, file: path.join(folder, 'other.txt') },
    ];
    const surroundings = { environment: { CI_SUMMARY: file } };
    const troubles = await writeReports(run, requests, stdout(), surroundings);
    expect(troubles.map(({ message }) => message)).toEqual([
      'Cannot write the report "good": x is not a function',
    ]);
    expect(readdirSync(folder)).toEqual(['other.txt']);
  });

  it('says where it cannot be added', async () => {
    const requests = [{ reporter: wordy(good.report), file: null }];
    const surroundings = { environment: { CI_SUMMARY: folder } };
    const troubles = await writeReports(run, requests, stdout(), surroundings);
    expect(troubles).toMatchObject([
      {
        code: 'disk_fault',
        message: `Cannot write the report "good": Cannot write "${folder}": it is a folder, expected a file`,
      },
    ]);
  });

  it('tells reporters where the project lies in the repository', async () => {
    const telling: Reporter = {
      ...good,
      report: async function* ({ folder: found }) {
        yield found ?? 'the repository';
      },
    };
    const out = stdout();
    const requests = [{ reporter: telling, file: null }];
    const environment = { GITHUB_WORKSPACE: '/home/repo' };
    await writeReports(run, requests, out, { environment, root: '/home/repo/packages/shop' });
    await writeReports(run, requests, out, { environment: {}, root: '/home/repo/packages/shop' });
    await writeReports(run, requests, out, { environment, root: '/home/repo' });
    await writeReports(run, requests, out, { environment, root: '/home/repository' });
    expect(out.written).toEqual([
      'packages/shop',
      'the repository',
      'the repository',
      'the repository',
    ]);
  });
});
