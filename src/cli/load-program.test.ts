import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadProgram } from './load-program.ts';

const code = `exports.answer = () => 42; exports.load = () => __agentopsImport('node:path');`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'agentops-program-'));
  file = path.join(folder, 'program-1.cjs');
  writeFileSync(file, code);
});
afterEach(() => rmSync(folder, { recursive: true }));

const cacheFolder = () => path.join(folder, 'cache');
const cacheFile = () => path.join(cacheFolder(), readdirSync(cacheFolder())[0] ?? '');

interface Exports {
  answer(): number;
  load(): Promise<{ sep: string }>;
}

describe('loadProgram()', () => {
  it('keeps what was compiled, and starts from it', () => {
    const first = loadProgram<Exports>(file, 'eval');
    expect(first.exports.answer()).toBe(42);
    first.keep();
    expect(readdirSync(cacheFolder())).toEqual([
      `program-1-eval-${process.version}-${process.arch}.bin`,
    ]);
    const before = statSync(cacheFile());
    const second = loadProgram<Exports>(file, 'eval');
    second.keep();
    expect(second.exports.answer()).toBe(42);
    expect(statSync(cacheFile()).mtimeMs).toBe(before.mtimeMs);
  });

  it('does without a cache that is not for this code', () => {
    loadProgram<Exports>(file, 'eval').keep();
    writeFileSync(file, code.replace('42', '1234'));
    expect(loadProgram<Exports>(file, 'eval').exports.answer()).toBe(1234);
  });

  it('does without a cache that is broken', () => {
    loadProgram<Exports>(file, 'eval').keep();
    writeFileSync(cacheFile(), readFileSync(cacheFile()).subarray(0, 100));
    expect(loadProgram<Exports>(file, 'eval').exports.answer()).toBe(42);
  });

  it('does without a folder to write to', () => {
    writeFileSync(cacheFolder(), 'no folder');
    const { exports, keep } = loadProgram<Exports>(file, 'eval');
    keep();
    expect(exports.answer()).toBe(42);
  });

  it('lets the program import modules', async () => {
    const { exports } = loadProgram<Exports>(file, 'others');
    expect((await exports.load()).sep).toBe(path.sep);
    expect(existsSync(cacheFolder())).toBe(false);
  });
});
