import * as z from 'zod';
import { messageOf } from '../errors.ts';
import type { Tools } from '../model/tool.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, type JudgeKind, passed, undecided } from './judge.ts';

/** What a user's check is given beside the trajectory. */
export interface CheckContext {
  readonly tools: Tools | null;
  /** The final answer, null where there is none. */
  readonly answer: string | null;
}

/** A check as users write it: a boolean, or a verdict with `pass` or `status`, and perhaps score, reason and evidence. */
export type Check = (trajectory: Trajectory, context: CheckContext) => unknown;

const Answer = z.strictObject({
  pass: z.boolean().optional(),
  status: z.enum(['pass', 'fail', 'error']).optional(),
  score: z.number().min(0).max(1).optional(),
  reason: z.string().optional(),
  evidence: z.array(z.int().nonnegative()).optional(),
  details: z.unknown().optional(),
});

/** A function of the user decides. */
export const check: JudgeKind = {
  key: 'check',
  kind: 'rule',
  words: 'A function of yours: ./file.ts#name',
  schema: z
    .string()
    .regex(/^\.\.?\/[^#]+\.[cm]?[jt]s(#[\w$]+)?$/, 'A check is written ./file.ts#name'),
  files: (value) => [{ path: [], file: String(value).replace(/#.*$/, '') }],
  prepare: (value, setting) => [
    {
      suffix: [],
      needsCalls: true,
      judge: async (view): Promise<Outcome> => {
        const reference = String(value);
        if (!setting.load) return undecided(`${reference} was not run: code is not loaded here`);
        try {
          const run = (await setting.load(reference)) as Check; // a function, and what it answers is checked
          const said = view.answer();
          const answer = typeof said === 'symbol' ? null : said.text;
          const trajectory = structuredClone(view.trajectory);
          const given = run(trajectory, { tools: view.tools, answer });
          return outcomeOf(await withinTime(given), reference);
        } catch (thrown) {
          return undecided(`${reference} threw: ${messageOf(thrown)}`);
        }
      },
    },
  ],
};

/** Seconds that a check may take to answer. */
const MOST_SECONDS = 60;

/** What is given, or a rejection where it is a promise that stays open for too long. */
async function withinTime(given: unknown): Promise<unknown> {
  if (!(given instanceof Promise)) return given;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `it gave no answer within ${MOST_SECONDS} seconds`;
    timer = setTimeout(() => reject(new Error(words)), MOST_SECONDS * 1000);
  });
  return Promise.race([given, late]).finally(() => clearTimeout(timer));
}

function outcomeOf(answer: unknown, reference: string): Outcome {
  if (typeof answer === 'boolean') {
    return answer ? passed(`${reference} holds`) : failed(`${reference} does not hold`);
  }
  const parsed = Answer.safeParse(answer);
  const given = parsed.success ? parsed.data : null;
  const status = given?.status ?? (given?.pass === undefined ? null : given.pass ? 'pass' : 'fail');
  if (
    !given ||
    status === null ||
    (given.pass !== undefined && (given.pass ? 'pass' : 'fail') !== status)
  ) {
    return undecided(`${reference} answered neither true, false nor a verdict with pass or status`);
  }
  const base = { pass: passed, fail: failed, error: undecided }[status];
  const found = base(
    given.reason ?? `${reference} says ${status}`,
    given.evidence ?? [],
    given.details,
  );
  return given.score === undefined || status === 'error' ? found : { ...found, score: given.score };
}
