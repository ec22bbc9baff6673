import { platform } from 'node:os';

// biome-ignore lint/style/noRestrictedGlobals: nothing else in Node signals a group, or a process that it did not start
const { kill } = process;

/** Signals the group that a program leads, or only the program where there are no groups (Windows); false where nothing of it is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  return sendSignal(platform() === 'win32' ? leader : -leader, signal);
}

/** Signals a process; false where it is gone or not ours to signal. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return kill(pid, signal);
  } catch {
    return false;
  }
}
