import type { Patience } from './patience.ts';
import { WaitingLine } from './waiting-line.ts';

/** What a lane allows, and with what it waits. */
export interface LaneOptions extends Pick<Patience, 'sleep' | 'now'> {
  /** Asks under way at the same time, those that wait to try again included. */
  readonly concurrency: number;
  /** Requests that start within a minute. */
  readonly requestsPerMinute: number;
  /** The error of asks that a closed lane turns away. */
  readonly fault: (why: string) => Error;
}

const MINUTE = 60_000;
/** Milliseconds by which timers are late: so much of a delay is made up for. */
const LATENESS = 20;
/** The longest that a timer can wait. */
const LONGEST_SLEEP = 2 ** 31 - 1;

/** The way to one model: so many asks at once and so many requests a minute, first come, first served; all pause together, and none goes once it is closed. */
export class ModelLane {
  private readonly options: LaneOptions;
  private readonly places = new WaitingLine();
  private readonly starts = new WaitingLine();
  private running = 0;
  /** Milliseconds since 1970 that never run backwards, and pass with what was slept. */
  private time = 0;
  /** When the next request may start. */
  private readyAt = 0;
  private closure: { readonly why: string; readonly until: number } | null = null;
  private nap: AbortController | null = null;

  constructor(options: LaneOptions) {
    this.options = options;
  }

  /** Works once there is a place. Throws the fault of a closed lane, the reason of an aborted signal, and what the work throws. */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    this.throwIfClosed();
    if (this.running < this.options.concurrency) this.running++;
    else await this.places.join(signal);
    try {
      return await work();
    } finally {
      if (!this.places.next()) this.running--;
    }
  }

  /** Waits until a request may start; who has a place asks for it before each of its requests. */
  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.throwIfClosed();
    const turn = this.starts.join(signal);
    if (this.nap === null) this.handOut();
    try {
      await turn;
    } finally {
      if (this.starts.length === 0) this.nap?.abort();
    }
  }

  /** Lets no request start for so many milliseconds. */
  pause(ms: number): void {
    this.readyAt = Math.max(this.readyAt, this.tick() + ms);
  }

  /** Turns away all that wait and, for so many milliseconds, all that come. */
  close(why: string, ms: number): void {
    const until = this.tick() + ms;
    if (this.closure !== null && this.closure.until >= until) return;
    this.closure = { why, until };
    const reason = this.options.fault(why);
    this.places.disperse(reason);
    this.starts.disperse(reason);
  }

  /** Throws the fault of a closed lane. */
  throwIfClosed(): void {
    if (this.closure === null) return;
    if (this.tick() < this.closure.until) throw this.options.fault(this.closure.why);
    this.closure = null;
  }

  private tick(): number {
    this.time = Math.max(this.time, this.options.now());
    return this.time;
  }

  /** Lets requests start in their order, as far as the time allows, and goes on after a nap. */
  private handOut(): void {
    while (this.starts.length > 0) {
      const now = this.tick();
      if (now < this.readyAt) {
        void this.napFor(Math.min(this.readyAt - now, LONGEST_SLEEP));
        return;
      }
      this.readyAt =
        Math.max(this.readyAt, now - LATENESS) + MINUTE / this.options.requestsPerMinute;
      this.starts.next();
    }
  }

  private async napFor(ms: number): Promise<void> {
    const nap = new AbortController();
    this.nap = nap;
    const woken = this.time + ms;
    try {
      await this.options.sleep(ms, nap.signal);
      this.time = Math.max(this.time, woken);
    } catch (thrown) {
      if (!nap.signal.aborted) this.starts.disperse(thrown);
    }
    this.nap = null;
    this.handOut();
  }
}
