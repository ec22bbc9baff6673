import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWindow } from './window-reader.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'window-')), 'records.jsonl');
const content = Buffer.alloc(3_000_000, Buffer.from('0123456789'));
writeFileSync(file, content);

describe('openWindow()', () => {
  it('reads any part, forwards, backwards and larger than its window', () => {
    const reader = openWindow(file);
    for (const [offset, bytes] of [
      [0, 10],
      [1_048_570, 20],
      [2_999_995, 5],
      [7, 3],
      [1_500_000, 0],
      [100, 2_000_000],
      [900_001, 500_000],
    ] as const) {
      expect(reader.read(offset, bytes).equals(content.subarray(offset, offset + bytes))).toBe(
        true,
      );
    }
    reader.close();
  });

  it('refuses a part that lies beyond the end', () => {
    const reader = openWindow(file);
    for (const [offset, bytes] of [
      [2_999_999, 2],
      [4_000_000, 1],
      [1, 3_000_000],
    ] as const) {
      expect(() => reader.read(offset, bytes)).toThrow(
        `Cannot read "${file}": it ends before byte ${offset + bytes}`,
      );
    }
    reader.close();
  });

  it('names a file that is not there', () => {
    expect(() => openWindow(`${file}.none`)).toThrow(
      `Cannot read "${file}.none": there is no such file or folder`,
    );
  });
});
