import type { Standing } from '../calibration/standing.ts';
import { AgentopsError } from '../errors.ts';
import { codeOf } from '../io/disk-fault.ts';
import { fileDigest } from '../io/file-digest.ts';
import type { JudgePort } from '../llm/judge-port.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Suite } from '../model/suite.ts';
import type { JudgeRecording, openJudgeRecording } from '../panel/judge-recording.ts';
import type { DeskOptions } from '../panel/open-desk.ts';
import { redactor } from '../store/redact.ts';
import { judgeRecordingOf } from '../suite/judge-files.ts';
import { shownPath } from './plan-rows.ts';
import type { RunMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';

/** What a run has of its options to ask judges with. */
export type JudgingOptions = Pick<RunOptions, 'judge' | 'live' | 'random' | 'secrets'>;

/** What judges of suites are asked with: one port for all, one recording for each suite file. */
export interface DeskSupply {
  of(suite: Suite): Promise<SuppliedDesk>;
  /** SHA-256 of the recordings that are there, by their paths under the root. */
  digests(): Promise<Record<string, string>>;
  notes(): readonly string[];
  /** Writes what was recorded. Throws `disk_fault`. */
  close(): Promise<void>;
}

/** What the judges of one suite are asked with, and how far each is believed. */
export interface SuppliedDesk {
  readonly options: DeskOptions;
  readonly standing: (spec: JudgeSpec, wanted: Wanted) => Standing;
}

/** Gets ready what judges are asked with; nothing is opened before a suite needs it. */
export function deskSupply(
  given: JudgingOptions,
  meter: Pick<RunMeter, 'signal' | 'spend' | 'needsCost'>,
): DeskSupply {
  const mode = given.judge ?? 'recorded';
  const secrets = redactor(given.secrets);
  const redact = (text: string) => secrets?.text(text) ?? text;
  const recordings = new Map<string, Promise<JudgeRecording>>();
  const shown = new Map<string, string>();
  const notes: string[] = [];
  const note = (text: string) => void notes.push(text);
  let port: Promise<JudgePort> | null = null;
  const recordingOf = (suite: Suite): Promise<JudgeRecording> => {
    const file = judgeRecordingOf(suite.file);
    shown.set(shownPath(suite.root, file), file);
    const recording =
      recordings.get(file) ??
      openRecording(file, { writes: mode === 'live', note, ...(secrets && { redact }) });
    recordings.set(file, recording);
    return recording;
  };
  const opened = new Map<Suite, Promise<SuppliedDesk>>();
  const supply = async (suite: Suite): Promise<SuppliedDesk> => {
    const { loadStandings } = await import('../calibration/standing.ts');
    const standing = await loadStandings(suite);
    port ??= mode === 'live' ? openPort(given) : Promise.resolve(CLOSED_PORT);
    const options: DeskOptions = {
      judges: suite.judges ?? {},
      mode,
      recording: mode === 'off' ? null : await recordingOf(suite),
      port: await port,
      nonce: nonces(given.random),
      redact,
      standing: (spec, wanted) => standing(spec, wanted).withheld,
      ...{ spend: meter.spend, needsCost: meter.needsCost, signal: meter.signal },
    };
    return { options, standing };
  };
  return {
    of: (suite) => {
      const known = opened.get(suite) ?? supply(suite);
      opened.set(suite, known);
      return known;
    },
    digests: () => digestsOf(shown),
    notes: () => notes,
    close: async () => {
      for (const opened of recordings.values()) await (await opened).close();
    },
  };
}

/** Without `--judge live` no connection is made, whoever asks. */
const CLOSED_PORT: JudgePort = {
  ask: () => Promise.reject(new AgentopsError('internal', 'Cannot ask a judge: it is not live')),
};

async function openRecording(
  file: string,
  options: Parameters<typeof openJudgeRecording>[1],
): Promise<JudgeRecording> {
  const { openJudgeRecording: open } = await import('../panel/judge-recording.ts');
  return open(file, options);
}

async function openPort({ live }: JudgingOptions): Promise<JudgePort> {
  const { openJudgePort } = await import('../llm/open-judge-port.ts');
  const { endpoints, environment, prices, patience } = live;
  return openJudgePort({ endpoints, environment, prices, ...patience });
}

/** 128 random bits as hexadecimal digits, anew for each call. */
function nonces(random: () => number): () => string {
  const word = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return () => word() + word() + word() + word();
}

async function digestsOf(files: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [path, file] of files) {
    try {
      digests[path] = await fileDigest(file);
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') throw thrown; // nothing was ever recorded
    }
  }
  return digests;
}
