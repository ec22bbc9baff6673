import type { JudgePort } from '../llm/judge-port.ts';
import type { JudgeMode, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { JudgeDesk } from './desk.ts';
import type { JudgeRecording } from './judge-recording.ts';

/** What judges are asked with. */
export interface DeskOptions {
  readonly judges: Readonly<Record<string, JudgeSpec>>;
  readonly mode: JudgeMode;
  readonly recording: JudgeRecording | null;
  readonly port: JudgePort;
  /** Random, per call. */
  readonly nonce: () => string;
  readonly redact: (text: string) => string;
  /** Why its answer may not gate. */
  readonly standing: (spec: JudgeSpec, wanted: Wanted) => string | null;
  readonly spend: (usd: number) => void;
  readonly needsCost: boolean;
  readonly signal: AbortSignal;
}

/** A desk that tells of its canaries. */
export interface OpenDesk extends JudgeDesk {
  canaries(): Map<string, { asked: number; missed: number }>;
}

/** Opens the desk of a suite. */
export function openDesk({ mode }: DeskOptions): OpenDesk {
  return {
    judge: async () => ({
      status: 'error',
      score: null,
      reason: `Not asked (--judge ${mode})`,
      evidence: [],
    }),
    needsCalls: () => true,
    canaries: () => new Map(),
  };
}
