import { describe, expect, it } from 'vitest';
import type { Fault } from '../model/suite.ts';
import { shownFaults } from './shown-faults.ts';

const fault = (file: string, line: number, severity: Fault['severity']): Fault => ({
  file,
  line,
  column: 1,
  severity,
  path: '',
  message: 'Not valid',
});

describe('shownFaults()', () => {
  it('shows no more of a file than anybody reads, errors rather than warnings', () => {
    const warnings = Array.from({ length: 150 }, (_, line) => fault('a', line, 'warning'));
    const errors = Array.from({ length: 60 }, (_, line) => fault('a', 200 + line, 'error'));
    const [a, b, none] = shownFaults([...warnings, ...errors, fault('b', 1, 'error')]);
    expect(a).toMatchObject({ file: 'a', left: 110 });
    expect(a?.shown).toEqual([...warnings.slice(0, 40), ...errors]);
    expect(b).toEqual({ file: 'b', shown: [fault('b', 1, 'error')], left: 0 });
    expect(none).toBeUndefined();
  });
});
