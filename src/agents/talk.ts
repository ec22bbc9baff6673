import type { Session } from '../live/session.ts';
import type { DriveTask } from './agent.ts';

/** An agent in a conversation with its user. */
export interface Talk {
  /** Takes its turn after something that the user said; resolves when it has had its say. Throws `AgentBroke`, or `AgentopsError` where that is not the agent's fault. */
  hear(said: unknown): Promise<void>;
  /** There is nothing more to hear; resolves when the agent has ended. Throws like `hear`. */
  over(): Promise<void>;
  /** Whether somebody watched what the agent called. */
  watched(): boolean;
  /** Lets go of all that the agent holds, at once if need be. Never throws. */
  close(): Promise<void>;
}

/** Starts the agent of one trial. */
export type StartTalk = (task: DriveTask, session: Session) => Promise<Talk>;

/** The agent itself failed: it ended badly, or broke the protocol that it speaks. */
export class AgentBroke extends Error {
  override readonly name = 'AgentBroke';
}
