import { leaf, type Matcher } from './matcher.ts';
import { UNKNOWN } from './tri.ts';

/** Occurs in what the user said before the step. */
export function fromInput(): Matcher {
  return leaf({
    test: (value, scope) => scope.provenance?.inInput(value, scope.step) ?? UNKNOWN,
    words: () => 'something that the user said',
  });
}

/** Occurs in an earlier result of one of those tools. */
export function fromResults(tools: readonly string[]): Matcher {
  return leaf({
    test: (value, scope) => scope.provenance?.inResults(value, scope.step, tools) ?? UNKNOWN,
    words: () => `something from an earlier result of ${tools.join(' or ')}`,
  });
}
