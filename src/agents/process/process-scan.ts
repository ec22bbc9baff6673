import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import type { Marker } from './program.ts';
import { sendSignal } from './send-signal.ts';

/** More than Linux lets an environment hold. */
const MAX_ENVIRONMENT = 16 * 1024 * 1024;
/** Lists of processes that one pass makes, each for those that began while it looked at the ones before. */
const MAX_LISTS = 5;
const NUL = 0;

/** Processes that showed no environment at the last scan. */
let bareBefore: ReadonlySet<number> = new Set();
let room = Buffer.alloc(0);

/** One pass over /proc that kills what has a marker in its environment. */
export class ProcessScan {
  /** Those that were found and killed, by the value of their marker. */
  readonly found = new Map<string, number[]>();
  /** Whether a process shows no environment that was not so at the last scan: it may be one of ours in the midst of exec. */
  unsure = false;
  private readonly names: readonly Buffer[];
  private readonly wanted: ReadonlySet<string>;
  private readonly seen = new Set<number>();
  private readonly bare = new Set<number>();
  /** Those still to be looked at, the likely youngest last, which are looked at first: they may be gone soon. */
  private pids: number[] = [];
  private lists = 0;

  constructor(markers: readonly Marker[]) {
    this.names = [...new Set(markers.map(({ name }) => name))].map((name) =>
      Buffer.from(`${name}=`),
    );
    this.wanted = new Set(markers.map(markerText));
  }

  /** Looks at some processes; false once all were looked at, those too that began meanwhile. */
  lookAt(count: number): boolean {
    for (let looked = 0; looked < count; looked += 1) {
      const pid = this.pids.pop() ?? this.list();
      if (pid === undefined) {
        bareBefore = this.bare;
        return false;
      }
      this.lookAtOne(pid);
    }
    return true;
  }

  /** Lists the processes that were not looked at, and takes the last of them. */
  private list(): number | undefined {
    if (this.lists === MAX_LISTS) return undefined;
    this.lists += 1;
    this.pids = otherProcesses().filter((pid) => !this.seen.has(pid));
    for (const pid of this.pids) this.seen.add(pid);
    return this.pids.pop();
  }

  private lookAtOne(pid: number): void {
    const environment = readEnvironment(pid);
    if (environment === null) return;
    if (environment.length === 0) {
      this.bare.add(pid);
      if (!bareBefore.has(pid) && hasProgram(pid)) this.unsure = true;
    }
    for (const name of this.names) {
      const text = assignment(environment, name);
      if (text === null || !this.wanted.has(text) || !sendSignal(pid, 'SIGKILL')) continue;
      this.found.set(text, [...(this.found.get(text) ?? []), pid]);
    }
  }
}

/** A marker as it stands in an environment. */
export function markerText({ name, value }: Marker): string {
  return `${name}=${value}`;
}

/** Ids of all processes but this one; none where there is no /proc. */
function otherProcesses(): number[] {
  try {
    const self = Number(readlinkSync('/proc/self'));
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && pid !== self)
      .sort((one, other) => one - other);
  } catch {
    return [];
  }
}

/** The environment that a process was started with, a view that is valid until the next one is read; null where it is gone or not ours to read. */
function readEnvironment(pid: number): Buffer | null {
  if (room.length === 0) room = Buffer.allocUnsafeSlow(64 * 1024);
  let file: number | null = null;
  try {
    file = openSync(`/proc/${pid}/environ`, 'r');
    return readAll(file);
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Whether a process runs a program: it is no thread of the kernel and not dead. */
function hasProgram(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== '';
  } catch {
    return false;
  }
}

function readAll(file: number): Buffer {
  let whole = room;
  for (let filled = 0; ; ) {
    const read = readSync(file, whole, filled, whole.length - filled, null);
    filled += read;
    if (read === 0 || filled >= MAX_ENVIRONMENT) return whole.subarray(0, filled);
    if (filled === whole.length) whole = Buffer.concat([whole], whole.length * 2);
  }
}

/** What is assigned to a name (given with its `=`), as `name=value`; null where it is not there. */
function assignment(environment: Buffer, name: Buffer): string | null {
  for (let at = environment.indexOf(name); at !== -1; at = environment.indexOf(name, at + 1)) {
    if (at > 0 && environment[at - 1] !== NUL) continue;
    const end = environment.indexOf(NUL, at);
    return environment.toString('utf8', at, end === -1 ? undefined : end);
  }
  return null;
}
