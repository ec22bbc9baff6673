import { killMarkedNow } from './marked-processes.ts';
import type { Marker } from './program.ts';
import { signalGroup } from './send-signal.ts';

/** A program that has not ended, or whose descendants are not all dead. */
export interface LiveProgram {
  /** Id of the process, which is the id of its group. */
  readonly pid: number;
  readonly marker: Marker;
  /** False once the group is dead: its id may then be another's. */
  groupMayLive: boolean;
  /** Whether `killAllPrograms` reached it. */
  killed: boolean;
}

const live = new Set<LiveProgram>();

/** Adds a program to those that `killAllPrograms` kills, and returns what takes it out. */
export function addLiveProgram(program: LiveProgram): () => void {
  live.add(program);
  return () => {
    live.delete(program);
  };
}

/** Kills every program that lives and all it started, at once and without a turn of the event loop: for exits that wait for nothing. */
export function killAllPrograms(): void {
  if (live.size === 0) return;
  const programs = [...live];
  for (const program of programs) {
    program.killed = true;
    if (program.groupMayLive) signalGroup(program.pid, 'SIGKILL');
  }
  killMarkedNow(programs.map(({ marker }) => marker));
}
