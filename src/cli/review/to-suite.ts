import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Item, itemKey } from '../../calibration/label-keys.ts';
import { labelLinesSoFar } from '../../calibration/label-lines.ts';
import { AgentopsError } from '../../errors.ts';
import { type ReviewedSuite, reviewedSuite } from '../../formats/reviewed-suite.ts';
import { recordingBeside, suiteNameOf } from '../../formats/suite-names.ts';
import { atomicWriteAll, type FileToWrite } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';
import type { Label } from '../../model/label.ts';
import type { Plan, PlannedTool } from '../../model/plan.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import { counted } from '../../report/figures.ts';
import { safeYaml } from '../../report/json-text.ts';
import type { ExitCode } from '../exit-code.ts';
import { noteText, warningText } from '../messages.ts';
import { seenDigest } from './labelled-items.ts';
import type { Review } from './review.ts';
import { taskIds } from './task-ids.ts';

/** Refuses a suite that cannot be written, before anybody has worked for it. Throws `usage`. */
export async function refuseTarget(file: string, force: boolean): Promise<void> {
  if (!/\.ya?ml$/.test(file) || /\p{Cc}/u.test(file)) {
    const message = `Cannot write a suite to "${file}": expected the path of a .suite.yaml file`;
    throw new AgentopsError('usage', message);
  }
  for (const one of force ? [] : [file, recordingBeside(file)]) {
    const isThere = await stat(one).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    throw new AgentopsError(
      'usage',
      `Cannot write "${one}": it is there already, --force writes over it`,
    );
  }
}

/** Writes a suite of the labelled trials of a run; gives 3 where some could not be made into tasks. Throws `input_fault` where none could. */
export async function toSuite(review: Review, file: string): Promise<ExitCode> {
  const { stderr } = review.streams();
  const chosen = await chosenLabels(review);
  const troubles: string[] = [];
  const recording = recordingBeside(file);
  const head = { suite: suiteNameOf(file), recording: `./${path.basename(recording)}` };
  const suite = reviewedSuite(head, toolsOf(review.run.plan));
  if (chosen.size === 0) throw nothingToWrite(review);
  await makeFolder(path.dirname(path.resolve(file)));
  await atomicWriteAll(files(review, file, { chosen, suite, troubles }));
  for (const trouble of troubles) {
    await stderr.output.write(await warningText(trouble, stderr.look));
  }
  const note = `Wrote ${file} (${counted(suite.tasks(), 'task')}) and ${recording}\nNext: agentops eval ${file}`;
  await stderr.output.write(await noteText(note, stderr.look));
  return troubles.length > 0 ? 3 : 0;
}

/** What is written, and what cannot be. */
interface Making {
  readonly chosen: ReadonlyMap<string, Label>;
  readonly suite: ReviewedSuite;
  readonly troubles: string[];
}

async function* files(review: Review, file: string, making: Making): AsyncGenerator<FileToWrite> {
  yield { file: recordingBeside(file), content: records(review, making) };
  if (making.suite.tasks() === 0) throw nothingToWrite(review);
  yield { file, content: safeYaml(making.suite.finish()) };
}

/** The records of the trials that are labelled so, in plan order; each is read once and let go. */
async function* records(
  { run }: Review,
  { chosen, suite: making, troubles }: Making,
): AsyncGenerator<string> {
  const ids = taskIds([...chosen.values()]);
  for await (const result of run.trials()) {
    const key = itemKey(itemOf(result));
    const label = chosen.get(key);
    if (label === undefined) continue;
    const name = `${result.task}#${result.trial}`;
    const trajectory = await run.trajectory(result);
    if (trajectory === null) {
      troubles.push(`Left out ${name}: no trajectory was kept for it`);
    } else if (label.trajectory !== undefined && label.trajectory !== seenDigest(trajectory)) {
      troubles.push(
        `Left out ${name}: its label is about another trajectory than that of this run`,
      );
    } else {
      const origin = `${name} by ${result.agent}, trial ${result.id.slice(0, 12)} of run ${run.id}`;
      const added = making.add({ id: ids.get(key) ?? name, trajectory, review: label, origin });
      if ('fault' in added) troubles.push(`Left out ${name}: ${added.fault}`);
      else yield `${added.line}\n`;
    }
  }
}

function itemOf({ suite, task, agent, attack, trial }: TrialResult): Item {
  return { suite, task: task ?? '', agent, attack, trial };
}

/** The latest label of each trial of this run, of those that are wanted. */
async function chosenLabels({ run, places, flags }: Review): Promise<Map<string, Label>> {
  const names = new Set(run.plan.suites.map(({ suite }) => suite));
  const latest = new Map<string, Label>();
  for (const file of places.files) {
    for await (const line of labelLinesSoFar(file)) {
      if ('fault' in line) continue; // told before
      const { label } = line;
      const isOfTrial = label.judge === undefined && label.step === undefined;
      const isOfPerson = flags.by === undefined || label.by === flags.by;
      if (!isOfTrial || !isOfPerson || !names.has(label.suite ?? '')) continue;
      latest.set(itemKey(label), label);
    }
  }
  const wanted = flags.label === 'all' ? ['pass', 'fail'] : [flags.label];
  const kept = [...latest].filter(([, { label }]) => wanted.includes(String(label)));
  return new Map(kept);
}

/** What is known of the tools of all suites; of one name the first that tells. */
function toolsOf({ suites }: Plan): Record<string, PlannedTool> {
  const all = suites.flatMap(({ tools }) => Object.entries(tools ?? {}));
  return Object.fromEntries(all.reverse());
}

function nothingToWrite({ flags, reference }: Review): AgentopsError {
  const wanted = flags.label === 'all' ? 'pass or fail' : flags.label;
  const message = `Cannot write a suite: no trial of this run is labelled ${wanted}, agentops review ${reference} labels some`;
  return new AgentopsError('input_fault', message);
}
