import path from 'node:path';
import { type LabelFile, openLabels } from '../../calibration/write-label.ts';
import { makeFolder } from '../../io/make-folder.ts';
import type { Label } from '../../model/label.ts';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import type { TrialView } from '../../report/trial-view.ts';
import { catchSignals } from '../catch-signals.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { noteText } from '../messages.ts';
import { writeAll } from '../output.ts';
import type { CommandSource } from './command-source.ts';
import { answerFault, judgeQuestions, questionLines } from './judge-questions.ts';
import { seenDigest } from './labelled-items.ts';
import { openSource } from './open-source.ts';
import type { RunQueue } from './queue-of-run.ts';
import type { ResultsById } from './results-by-id.ts';
import type { Review } from './review.ts';
import { type ReviewDesk, reviewSession, type Said } from './review-session.ts';
import { tallyText } from './review-words.ts';

/** Goes through a queue with a person and keeps what is said; ends with 130 or 143 where that was interrupted. Throws `disk_fault` and `store_fault`. */
export async function askPerson(
  review: Review,
  queue: RunQueue,
  results: ResultsById,
): Promise<ExitCode> {
  const { stdout, stderr } = review.streams();
  for (const file of review.places.files) await makeFolder(path.dirname(file));
  const signals = catchSignals(() => undefined);
  const writer = labelWriter(review);
  const source = openSource(stdout.output, signals.signal);
  try {
    const tally = await reviewSession(queue.entries, deskOf(review, results, source, writer.keep));
    source.close();
    const words = [
      tallyText(tally, await createInk(stderr.look)),
      ...nextStep(review, queue, writer.written()),
    ];
    await stderr.output.write(await noteText(words.join('\n'), stderr.look));
  } finally {
    source.close();
    writer.close();
  }
  return exitCodeOf({ signal: signals.caught() });
}

/** What a session of this run works with. */
function deskOf(
  { run, root, flags, streams }: Review,
  results: ResultsById,
  source: CommandSource,
  keep: ReviewDesk['keep'],
): ReviewDesk {
  const questions = judgeQuestions(run.plan, root);
  const judge = flags.judge ?? null;
  return {
    source,
    judge,
    keep,
    ink: () => createInk(streams().stdout.look),
    print: async (lines) => {
      async function* pieces() {
        for (const line of lines) yield joinLines([line]);
      }
      await writeAll(streams().stdout.output, pieces());
    },
    load: async ({ id }) => {
      const result = results.read(id);
      const row = run.plan.rows.find(({ trial_ids }) => trial_ids.includes(id));
      return { row, result, trajectory: await run.trajectory(result) };
    },
    question: async ({ result }, ink) =>
      judge === null ? [] : questionLines(judge, await questions.spec(result.suite, judge), ink),
    answerFault: async ({ result }, name, answer) =>
      answerFault(result, name, await questions.spec(result.suite, name), answer),
  };
}

/** Appends labels to the files of their suites, which are made with the first. */
function labelWriter({ places, flags: { by } }: Review) {
  const open = new Map<string, LabelFile>();
  return {
    keep: (view: TrialView, said: Said): void => {
      const file = places.fileOf(view.result.suite);
      const labels = open.get(file) ?? openLabels(file);
      open.set(file, labels);
      labels.append(labelOf(view, said, by));
    },
    written: (): string[] => [...open.keys()],
    close: (): void => {
      for (const labels of open.values()) labels.close();
    },
  };
}

function labelOf({ result, trajectory }: TrialView, said: Said, by: string | undefined): Label {
  const { suite, task, agent, attack, trial } = result;
  const digest = seenDigest(trajectory);
  return {
    schema_version: 1,
    suite,
    task: task ?? '', // none without a task is in the queue
    agent,
    ...(attack !== null && { attack }),
    trial,
    ...said,
    ...(by !== undefined && { by }),
    at: new Date().toISOString(),
    ...(digest !== null && { trajectory: digest }),
  };
}

/** Where the labels are, and what they are good for. */
function nextStep({ run }: Review, queue: RunQueue, files: readonly string[]): string[] {
  const shown = files.map((file) => path.relative(process.cwd(), file) || file);
  if (shown.length === 0) return [];
  const labels = shown.map((file) => ` --labels ${file}`).join('');
  const next = queue.judged ? [`Next: agentops calibrate ${run.id}${labels}`] : [];
  return [`Labels: ${shown.join(', ')}`, ...next];
}
