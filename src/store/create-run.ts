import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../io/atomic-write.ts';
import { codeOf, writeFault } from '../io/disk-fault.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { Plan } from '../model/plan.ts';
import { planText } from './plan-text.ts';
import { redactor } from './redact.ts';
import { RUNS, runFiles } from './run-files.ts';
import { runId } from './run-id.ts';
import { RunWriter } from './run-writer.ts';

const HOME = '.agentops';
const ATTEMPTS = 20;

/** A plan before its run has an id. */
export type PlanDraft = { [Key in keyof Plan as Key extends 'id' ? never : Key]: Plan[Key] };

/** What a run needs to be stored. */
export interface CreateRunOptions {
  /** Folder that holds `runs/`: the `.agentops` of a project, or any other. */
  readonly base: string;
  readonly plan: PlanDraft;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Milliseconds that only grow, for the time between writes to the disk; `now` unless given. */
  readonly clock?: () => number;
  /** Whether it is told in the end that somebody else wrote into the run, such as an agent. */
  readonly sealed?: boolean;
  /** Values that must not be stored, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Makes the folder of a new run, which no other run can have, and writes its plan. Throws `disk_fault`. */
export async function createRun(options: CreateRunOptions): Promise<RunWriter> {
  const { base, now } = options;
  const secret = redactor(options.secrets ?? {});
  const runs = path.join(base, RUNS);
  try {
    await makeFolder(runs);
    if (path.basename(path.resolve(base)) === HOME) await ignoreEverything(base);
  } catch (thrown) {
    throw writeFault(runs, thrown);
  }
  const id = await claimId(runs, options);
  const dir = path.join(runs, id);
  const plan = { ...options.plan, id } as Plan; // a draft lacks the id only
  try {
    await atomicWrite(path.join(dir, runFiles.plan), planText(plan, secret), { mode: 0o600 });
    const { clock = now, sealed = false } = options;
    return new RunWriter(dir, plan, secret, { clock, sealed });
  } catch (thrown) {
    await rm(dir, { recursive: true, force: true }).catch(() => undefined); // an empty folder is no run
    throw thrown;
  }
}

async function ignoreEverything(home: string): Promise<void> {
  try {
    await writeFile(path.join(home, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
  }
}

/** Takes an id by making its folder, which only one can. */
async function claimId(runs: string, { now, random }: CreateRunOptions): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const id = runId(now(), random);
    try {
      await mkdir(path.join(runs, id), { mode: 0o700 });
      return id;
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST' || attempt === ATTEMPTS) {
        throw writeFault(path.join(runs, id), thrown, 'make the folder');
      }
    }
  }
}
