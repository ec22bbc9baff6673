import { type FSWatcher, statSync, watch } from 'node:fs';
import path from 'node:path';
import { isPassedOver } from '../suite/folders-to-watch.ts';

/** The part of the file system that tells of changes. */
export interface WatchSystem {
  /** Tells the name of every entry of a folder that changes, null where it is not known; `failed` when it cannot go on. Throws where it cannot begin. */
  watch(
    folder: string,
    heard: (name: string | null) => void,
    failed: (thrown: unknown) => void,
  ): { close(): void };
  /** What tells a folder from another one that later stands in its place; null where there is none. */
  idOf(folder: string): string | null;
}

/** How folders are watched. */
export interface WatchFilesOptions {
  readonly system?: WatchSystem;
  /** Milliseconds without a change after which changes are told; told after ten times that in any case. */
  readonly quietMs?: number;
  /** Calls once, so many milliseconds later, unless what it returns is called before. */
  readonly after?: (ms: number, run: () => void) => () => void;
  /** Told of a folder that cannot be watched, once. */
  readonly unwatched?: (folder: string, thrown: unknown) => void;
}

/** Tells what changes in some folders. Folders are watched, not files: editors put a new file in the place of the old one. */
export interface FileWatcher {
  /** Watches exactly these folders from now on; one that was put in the place of another is watched anew. Tells whether some are watched that were not before. */
  set(folders: Iterable<string>): boolean;
  /** Waits for changes and for the quiet after them; gives the paths, none once it is closed. */
  next(): Promise<ReadonlySet<string>>;
  /** Whether there are changes that `next` has not given yet. */
  isUnsettled(): boolean;
  close(): void;
}

const QUIET_MS = 100;
const MOST_QUIETS = 10;
/** Paths that are kept at most: more are as good as all. */
const MOST_PATHS = 10_000;

/** Starts to watch folders; none until they are set. */
export function watchFiles(options: WatchFilesOptions = {}): FileWatcher {
  const { system = FILE_SYSTEM, quietMs = QUIET_MS, after = afterInProcess } = options;
  const batches = startBatches(quietMs, after);
  const open = new Map<string, { id: string | null; close(): void }>();
  const stale = new Set<string>();
  const failing = new Set<string>();
  const fail = (folder: string, thrown: unknown): void => {
    close(folder);
    if (!failing.has(folder)) options.unwatched?.(folder, thrown);
    failing.add(folder);
  };
  const close = (folder: string): void => {
    open.get(folder)?.close();
    open.delete(folder);
    stale.delete(folder);
  };
  const start = (folder: string): void => {
    const heard = (name: string | null): void => {
      // A folder that is removed or moved tells its own name: what stands there later is another one
      if (name === path.basename(folder)) stale.add(folder);
      if (name === null) batches.add(folder);
      else if (!isPassedOver(name)) batches.add(path.join(folder, name));
    };
    try {
      const id = system.idOf(folder);
      const failed = (thrown: unknown) => fail(folder, thrown);
      open.set(folder, { id, close: system.watch(folder, heard, failed).close });
    } catch (thrown) {
      fail(folder, thrown);
    }
  };
  return {
    set: (folders) => {
      const wanted = new Set(folders);
      for (const [folder, { id }] of [...open]) {
        const kept = wanted.has(folder) && !stale.has(folder) && system.idOf(folder) === id;
        if (!kept) close(folder);
      }
      const fresh = [...wanted].filter((folder) => !open.has(folder));
      for (const folder of fresh) start(folder);
      return fresh.some((folder) => open.has(folder));
    },
    next: batches.next,
    isUnsettled: batches.isUnsettled,
    close: () => {
      for (const folder of [...open.keys()]) close(folder);
      batches.close();
    },
  };
}

/** Gathers paths until it is quiet for a while, or has not been for long. */
function startBatches(quietMs: number, after: NonNullable<WatchFilesOptions['after']>) {
  let paths = new Set<string>();
  let settled = false;
  let closed = false;
  let timers: { quiet: () => void; latest: () => void } | null = null;
  let waiting: ((paths: ReadonlySet<string>) => void) | null = null;
  const cancel = (): void => {
    timers?.quiet();
    timers?.latest();
    timers = null;
  };
  const settle = (): void => {
    cancel();
    settled = true;
    give();
  };
  const give = (): void => {
    if (!waiting || !(settled || closed)) return;
    const [resolve, given] = [waiting, paths];
    [waiting, paths, settled] = [null, new Set(), false];
    resolve(given);
  };
  return {
    add: (file: string): void => {
      if (closed) return;
      if (paths.size < MOST_PATHS) paths.add(file);
      timers?.quiet();
      const latest = timers?.latest ?? after(quietMs * MOST_QUIETS, settle);
      timers = { latest, quiet: after(quietMs, settle) };
    },
    next: () =>
      new Promise<ReadonlySet<string>>((resolve) => {
        waiting = resolve;
        give();
      }),
    isUnsettled: () => timers !== null || settled,
    close: (): void => {
      cancel();
      paths.clear();
      closed = true;
      give();
    },
  };
}

const FILE_SYSTEM: WatchSystem = {
  watch: (folder, heard, failed) => {
    const watcher: FSWatcher = watch(folder, (_event, name) => heard(name));
    watcher.on('error', failed);
    return { close: () => watcher.close() };
  },
  idOf: (folder) => {
    const found = statSync(folder, { throwIfNoEntry: false });
    return found ? `${found.dev} ${found.ino}` : null;
  },
};

function afterInProcess(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
