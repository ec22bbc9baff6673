import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewOf } from '../match/view.ts';
import type { Step } from '../model/trajectory.ts';
import { growingOrigins } from './growing-origins.ts';

const word = fc.constantFrom('ann', 'bo', 'cy@x', '1042', 'ann bo', 7, 42.5, 'a 7');
const tool = fc.constantFrom('look', 'find', 'constructor');
const round = fc.oneof(
  fc.record({ said: word }),
  fc.record({ tool, result: fc.oneof(word, fc.array(word), fc.dictionary(fc.string(), word)) }),
  fc.record({ tool, error: fc.oneof(fc.constant('ann'), fc.constant({ message: 'cy@x' })) }),
);

test('growingOrigins() says of each value what a view of the whole says, however it grows', () => {
  fc.assert(
    fc.property(fc.array(round, { maxLength: 20 }), word, word, (rounds, value, input) => {
      const steps: Step[] = [];
      const origins = growingOrigins(steps, input);
      for (const [at, made] of rounds.entries()) {
        if ('said' in made) {
          steps.push({ type: 'message', role: 'user', content: String(made.said) });
        } else {
          const { tool: named, ...answer } = made;
          const [id, blocked] = [`c${at}`, at % 3 === 0 ? { blocked: 'policy' } : {}];
          steps.push({ type: 'tool_call', id, tool: named, args: {} });
          steps.push({
            type: 'tool_result',
            id,
            tool: named,
            ...answer,
            ...('error' in answer && blocked),
          });
        }
        const trajectory = {
          schema_version: 1,
          task: 't',
          agent: 'a',
          trial: 1,
          stop: null,
        } as const;
        const view = viewOf({ ...trajectory, steps: [...steps] }, null, input);
        for (const before of [0, steps.length - 1, steps.length]) {
          expect(origins.inInput(value, before)).toBe(view.inInput(value, before));
          for (const tools of [null, ['look'], ['find', 'constructor']]) {
            expect(origins.inResults(value, before, tools)).toBe(
              view.inResults(value, before, tools),
            );
          }
        }
      }
    }),
  );
});
