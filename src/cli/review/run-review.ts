import type { Command } from 'commander';
import { createInk } from '../../report/ink.ts';
import type { ExitCode } from '../exit-code.ts';
import { noteText, warningText } from '../messages.ts';
import { openRun } from '../open-run.ts';
import { writeAll } from '../output.ts';
import { streamsOf } from '../streams.ts';
import { workingRoot } from '../working-root.ts';
import { askPerson } from './ask-person.ts';
import { labelPlaces } from './label-places.ts';
import { type LabelledItems, labelledItems } from './labelled-items.ts';
import { queueLines } from './queue-lines.ts';
import { queueOfRun, type RunQueue } from './queue-of-run.ts';
import { resultsById } from './results-by-id.ts';
import type { Review, ReviewFlags } from './review.ts';
import { refuseTarget, toSuite } from './to-suite.ts';

const SHOWN_FAULTS = 5;

/** Reviews a run: shows trials, keeps labels, and makes a suite of what was labelled where that is asked for. Throws `usage`, `store_fault` and `disk_fault`. */
export async function runReview(
  reference: string,
  flags: ReviewFlags,
  command: Command,
): Promise<ExitCode> {
  if (flags.toSuite !== undefined) await refuseTarget(flags.toSuite, flags.force === true);
  const run = await openRun(reference, flags.out);
  const root = await workingRoot();
  const places = await labelPlaces(run, root, flags.labels);
  const streams = () => streamsOf(command);
  const review: Review = { run, root, reference, flags, places, streams };
  try {
    const items = await labelledItems(places.files, { by: flags.by, judge: flags.judge });
    await warn(review, [...run.warnings, ...inFew(items)]);
    if (flags.ask || flags.list) {
      const ended = await look(review, items);
      if (flags.list || ended !== 0) return ended;
    }
    return flags.toSuite === undefined ? 0 : await toSuite(review, flags.toSuite);
  } finally {
    run.close();
  }
}

async function warn({ streams }: Review, warnings: readonly string[]): Promise<void> {
  const { stderr } = streams();
  for (const warning of warnings) {
    await stderr.output.write(await warningText(warning, stderr.look));
  }
}

function inFew({ faults }: LabelledItems): string[] {
  const left = faults.length - SHOWN_FAULTS;
  const more = left > 0 ? [`${left} more lines of labels cannot be read`] : [];
  return [...faults.slice(0, SHOWN_FAULTS), ...more];
}

/** Lists the queue, or goes through it with a person. */
async function look(review: Review, items: LabelledItems): Promise<ExitCode> {
  const { run, flags, streams } = review;
  const { stdout, stderr } = streams();
  const queue = await queueOfRun(run, flags, items);
  const results = await resultsById(run, new Set(queue.entries.map(({ id }) => id)));
  try {
    if (flags.list) {
      await writeAll(stdout.output, queueLines(queue, results, await createInk(stdout.look)));
      return 0;
    }
    if (queue.entries.length > 0) return await askPerson(review, queue, results);
    await stderr.output.write(await noteText(nothingLeft(queue, flags), stderr.look));
    return 0;
  } finally {
    results.close();
  }
}

function nothingLeft({ labelled }: RunQueue, { all, status, judge }: ReviewFlags): string {
  if (labelled > 0) return `Nothing left to review: ${labelled} labelled, --all shows them again`;
  const hint = all || status || judge ? '' : '; --all shows what passed, too';
  return `Nothing to review${hint}`;
}
