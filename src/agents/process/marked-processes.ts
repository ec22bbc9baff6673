import { platform } from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { markerText, ProcessScan } from './process-scan.ts';
import type { Marker } from './program.ts';

/** Scans before a hunt is given up. */
const MAX_SCANS = 200;
/** Scans in a row that find nothing but are unsure, before they are believed. */
const UNSURE_SCANS = 3;
/** Between two scans: the dead need a moment to go. */
const PAUSE_MS = 2;
/** Processes that are looked at before others have their turn. */
const SLICE = 64;

interface Hunt {
  readonly marker: Marker;
  readonly killed: Set<number>;
  scans: number;
  /** Scans in a row that found nothing. */
  clean: number;
  readonly done: () => void;
}

/** The hunts that go on; they share their scans, so that many programs that end at once cost hardly more than one. */
const hunts = new Set<Hunt>();
let scanning = false;

/**
 * Kills every process that has the marker in the environment it was started with, until none is found, and resolves to their number.
 * Finds daemons and orphans in other groups and sessions. A process that was started with an emptied environment, that
 * overwrites its own or that runs as another user is not found, nor surely one of a chain that forks and goes faster than it is looked for; without /proc (beyond Linux) none is.
 */
export async function killMarked(marker: Marker): Promise<number> {
  if (platform() !== 'linux') return 0;
  const killed = new Set<number>();
  await new Promise<void>((done) => {
    hunts.add({ marker, killed, scans: 0, clean: 0, done });
    if (!scanning) void scanForAll();
  });
  return killed.size;
}

async function scanForAll(): Promise<void> {
  scanning = true;
  while (hunts.size > 0) {
    const batch = [...hunts];
    const scan = new ProcessScan(batch.map(({ marker }) => marker));
    while (scan.lookAt(SLICE)) await setImmediate();
    for (const hunt of batch) {
      if (!settled(hunt, scan)) continue;
      hunts.delete(hunt);
      hunt.done();
    }
    if (batch.some((hunt) => hunts.has(hunt))) await setTimeout(PAUSE_MS);
  }
  scanning = false;
}

function settled(hunt: Hunt, scan: ProcessScan): boolean {
  const found = scan.found.get(markerText(hunt.marker)) ?? [];
  for (const pid of found) hunt.killed.add(pid);
  hunt.scans += 1;
  hunt.clean = found.length > 0 ? 0 : hunt.clean + 1;
  if (hunt.scans >= MAX_SCANS || hunt.clean >= UNSURE_SCANS) return true;
  return hunt.clean > 0 && !scan.unsure;
}

/** As `killMarked`, for several markers and within one turn of the event loop: for the last moments of this process. */
export function killMarkedNow(markers: readonly Marker[]): void {
  if (platform() !== 'linux') return;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let scans = 0, clean = 0; scans < MAX_SCANS && clean < UNSURE_SCANS; scans += 1) {
    const scan = new ProcessScan(markers);
    scan.lookAt(Number.POSITIVE_INFINITY);
    clean = scan.found.size > 0 ? 0 : clean + 1;
    if (clean > 0 && !scan.unsure) return;
    Atomics.wait(cell, 0, 0, PAUSE_MS);
  }
}
