import type { SuiteFileSet } from '../suite/files-of-suites.ts';
import type { FileWatcher } from './watch-files.ts';

/** What happened since the last run; all paths are absolute. */
export interface WatchChanges {
  /** Files that changed, with the suite files that they are part of. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
  /** Suite files that came. */
  readonly added: readonly string[];
  /** Suite files that are gone. */
  readonly removed: readonly string[];
  /** Suite files to run, sorted: those that came and those that changes touch. */
  readonly suites: readonly string[];
}

/** The suites that are known, by suite file. */
export type KnownSuites = ReadonlyMap<string, SuiteFileSet>;

/** What watching works with. */
export interface WatchWork {
  /** The suite files that there are. */
  find(): Promise<readonly string[]>;
  /** What suite files are made of. */
  look(suites: readonly string[]): Promise<KnownSuites>;
  /** What tells a file's content from an earlier one; the same text for all that are not there. */
  stampOf(file: string): Promise<string>;
  /** Folders whose entries tell of changes to files and of new suites. */
  foldersOf(files: Iterable<string>): Promise<Iterable<string>>;
  /** Runs the suites of some changes; null for the first run, of all. */
  run(changes: WatchChanges | null, known: KnownSuites): Promise<void>;
  /** Told when everything is up to date and changes are waited for. */
  waits(known: KnownSuites): Promise<void>;
  readonly watcher: FileWatcher;
  /** Runs write recordings: what a run wrote is no change. */
  readonly records: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Runs all suites, then again those that changes touch, until it is ended. What changes during a run is run once after it. */
export async function watchLoop(work: WatchWork): Promise<void> {
  const { watcher, signal } = work;
  const close = () => watcher.close();
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  const state = new WatchState(work);
  await state.take(await work.find());
  await state.run(null);
  for (let told = false; !signal.aborted; ) {
    // What is being written is not looked at half way
    if (watcher.isUnsettled()) await watcher.next();
    const changes = await state.changes();
    if (signal.aborted) return;
    if (changes) {
      await state.take(changes.suites);
      await state.run(changes);
      told = false;
    } else if (!(await state.watch())) {
      if (!told) await work.waits(state.suites);
      told = true;
      await watcher.next();
    }
  }
}

/** The suites as they were run last. */
class WatchState {
  readonly suites = new Map<string, SuiteFileSet>();
  private readonly stamps = new Map<string, string>();
  private readonly work: WatchWork;

  constructor(work: WatchWork) {
    this.work = work;
  }

  /** Looks at suite files that are new or that changed. Stamps are taken before a file is read where it is known, so that a change meanwhile is seen later. */
  async take(suites: readonly string[]): Promise<void> {
    await this.stamp(suites);
    for (const [suite, found] of await this.work.look(suites)) {
      const before = this.suites.get(suite);
      // Of a suite at fault not all is known: what it was made of may mend it
      const files = found.sound ? found.files : new Set([...(before?.files ?? []), ...found.files]);
      this.suites.set(suite, { ...found, name: found.name ?? before?.name ?? null, files });
    }
    const all = this.files();
    await this.stamp(all);
    for (const file of this.stamps.keys()) if (!all.has(file)) this.stamps.delete(file);
    await this.watch();
  }

  /** Watches where changes can come now; tells whether some of that was not watched before, so that changes may have been missed. */
  async watch(): Promise<boolean> {
    return this.work.watcher.set(await this.work.foldersOf(this.files()));
  }

  async run(changes: WatchChanges | null): Promise<void> {
    const { records, signal } = this.work;
    if (signal.aborted) return;
    await this.work.run(changes, this.suites);
    if (!records) return;
    const written = [...this.suites.values()].flatMap((suite) => [...suite.written]);
    for (const file of written) this.stamps.delete(file);
    await this.stamp(written);
  }

  /** What is different from what was run last, null for nothing; from now on it is what was run last. */
  async changes(): Promise<WatchChanges | null> {
    const found = new Set(await this.work.find());
    const removed = [...this.suites.keys()].filter((suite) => !found.has(suite));
    for (const suite of removed) this.suites.delete(suite);
    const added = [...found].filter((suite) => !this.suites.has(suite));
    const changed = new Map<string, string[]>();
    for (const file of await this.differing()) changed.set(file, this.suitesOf(file));
    const touched = new Set([...added, ...[...changed.values()].flat()]);
    if (removed.length + touched.size === 0) return null;
    return { changed, added, removed, suites: [...touched].sort() };
  }

  /** Files whose stamps are not those that they had. */
  private async differing(): Promise<string[]> {
    const files = [...this.files()];
    const stamps = await Promise.all(files.map((file) => this.work.stampOf(file)));
    return files.filter((file, index) => {
      const [stamp = '', before] = [stamps[index], this.stamps.get(file)];
      this.stamps.set(file, stamp);
      return stamp !== before;
    });
  }

  private async stamp(files: Iterable<string>): Promise<void> {
    const unknown = [...files].filter((file) => !this.stamps.has(file));
    const stamps = await Promise.all(unknown.map((file) => this.work.stampOf(file)));
    for (const [index, file] of unknown.entries()) this.stamps.set(file, stamps[index] ?? '');
  }

  private files(): Set<string> {
    return new Set([...this.suites.values()].flatMap(({ files }) => [...files]));
  }

  private suitesOf(file: string): string[] {
    return [...this.suites].filter(([, { files }]) => files.has(file)).map(([suite]) => suite);
  }
}
