import type { Standing } from '../calibration/standing.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { JudgeDesk } from '../panel/desk.ts';
import type { AskedJudge } from './judge-costs.ts';

/** The desk of one suite during a run. */
export interface RunDesk extends JudgeDesk {
  /** Whatever its judges said of a trajectory, wherever they were asked; it is told once, and forgotten. */
  take(trajectory: Trajectory): readonly AskedJudge[];
  canaries(): ReadonlyMap<string, { readonly asked: number; readonly missed: number }>;
  standing(spec: JudgeSpec, wanted: Wanted): Standing;
}
