import type { Standing } from '../calibration/standing.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { JudgeDesk } from '../panel/desk.ts';
import type { AskedJudge, JudgeUsage } from './judge-costs.ts';

/** What known trials came to that a judge was asked about, and what that took. */
interface CanaryFigures {
  readonly asked: number;
  readonly missed: number;
  readonly usage?: Readonly<JudgeUsage> | undefined;
}

/** The desk of one suite during a run. */
export interface RunDesk extends JudgeDesk {
  /** Whatever its judges said of a trajectory, wherever they were asked; it is told once, and forgotten. */
  take(trajectory: Trajectory): readonly AskedJudge[];
  canaries(): ReadonlyMap<string, CanaryFigures>;
  standing(spec: JudgeSpec, wanted: Wanted): Standing;
}
