import { describe, expect, it } from 'vitest';
import { sha256Hex } from './digest.ts';

describe('sha256Hex()', () => {
  it('gives the digest of text and of its bytes alike', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(sha256Hex('')).toBe(empty);
    expect(sha256Hex(new TextEncoder().encode('é'))).toBe(sha256Hex('é'));
  });
});
