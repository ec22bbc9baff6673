import { describe, expect, it } from 'vitest';
import { showCall, showValue } from './show.ts';

describe('showValue()', () => {
  it('names numbers that JSON cannot hold', () => {
    const { large, small } = JSON.parse('{"large":1e400,"small":-1e400}');
    expect(showValue(large)).toBe('Infinity');
    expect(showValue([small, null, 1e300])).toBe('[-Infinity, null, 1e+300]');
    expect(showCall('boom', { n: large })).toBe('boom(n: Infinity)');
  });
});
