import { setMaxListeners } from 'node:events';
import { AgentopsError } from '../errors.ts';
import { onAbort } from '../io/on-abort.ts';
import type { ModelSource } from '../llm/model-source.ts';
import type { TurnUsage } from '../model/exchange.ts';
import type { Tools } from '../model/tool.ts';
import type { Step, ToolCallStep } from '../model/trajectory.ts';
import type { TrialTools } from '../tools/tool-host.ts';
import { type Ceilings, type CeilingWatch, type Used, watchCeilings } from './ceilings.ts';
import type { Guard, Plant } from './guard.ts';
import { type RequestedCalls, requestedCalls } from './requested-calls.ts';
import { type Halt, type LiveTrial, TrialHalted } from './session.ts';

/** Milliseconds that what is under way has once the agent is done. */
const SETTLE_MS = 2000;

/** What a session stands on. */
export interface SessionOptions {
  readonly trial: LiveTrial;
  readonly tools: Tools | null;
  readonly mocks: TrialTools;
  readonly source: ModelSource;
  readonly ceilings: Ceilings;
  /** Rules on calls before they run; without it all run. */
  readonly guard?: (state: SessionState) => Guard;
  /** Plants the text of an attack in what tools answer. */
  readonly plant?: Plant;
  /** See each step as it is taken; what one answers halts the trial. */
  readonly watchers?: readonly ((step: Step) => Halt | null)[];
  /** Cost of an exchange in US dollars, null where the model has no price. */
  readonly costOf: (model: string, usage: TurnUsage) => number | null;
  /** Told of what each exchange with a model cost. */
  readonly spend?: (usd: number) => void;
  /** Whether a cost that is not known makes the trial an error, whatever its own ceilings. */
  readonly needsCost?: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Calls back after some milliseconds; what it returns takes that back. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Our own interruption. */
  readonly signal: AbortSignal;
}

const ENDED: Halt = { kind: 'interrupted' };

/** What the parts of a session share: steps, ceilings, and whether it still runs. */
export class SessionState {
  readonly options: SessionOptions;
  readonly steps: Step[] = [];
  readonly watch: CeilingWatch;
  readonly requested: RequestedCalls;
  /** Rules on calls before they run, null where all run. */
  readonly guard: Guard | null;
  /** Ids of recorded calls that have no result yet. */
  readonly openIds = new Set<string>();
  /** By it sources tell this trial from others. */
  readonly key = {};
  halted: Halt | null = null;
  /** Whether a tool was called or a model asked through it. */
  touched = false;
  /** Model requests that are under way. */
  asking = 0;
  private readonly abort = new AbortController();
  private readonly started: number;
  private cancelTimer: () => void = () => undefined;
  private readonly forgetSignal: () => void;
  private waitedMs = 0;
  /** When the last wait ended: one beside it is not left out twice. */
  private waitedUntil: number;
  /** Time of the last step: no step is before another that was taken earlier. */
  private latest = 0;
  private numbers = 0;
  private closed = false;
  /** Calls and model requests that are under way; none of them rejects. */
  private readonly pending = new Set<Promise<void>>();
  /** When the agent was done: time stands still from then on. */
  private endedAt: number | null = null;

  constructor(options: SessionOptions) {
    this.options = options;
    setMaxListeners(0, this.abort.signal); // everything that is under way listens
    const { tools } = options;
    this.watch = watchCeilings(options.ceilings, tools);
    this.requested = requestedCalls((name) => tools !== null && Object.hasOwn(tools, name));
    this.guard = options.guard?.(this) ?? null;
    this.started = options.now();
    this.waitedUntil = this.started;
    const interrupt = () => this.halt({ kind: 'interrupted' });
    if (options.signal.aborted) interrupt();
    this.forgetSignal = onAbort(options.signal, interrupt);
    const { seconds } = options.ceilings;
    if (seconds !== undefined) this.holdSeconds(seconds);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Milliseconds since the start, waits for rate limits left out. */
  clock(): number {
    return (this.endedAt ?? this.options.now()) - this.started - this.waitedMs;
  }

  /** Leaves out the milliseconds that just went by; of waits side by side, the time that passed. */
  wait(ms: number): void {
    if (this.endedAt !== null) return;
    const now = this.options.now();
    this.waitedMs += Math.max(0, now - Math.max(now - ms, this.waitedUntil));
    this.waitedUntil = now;
  }

  /** Numbers what needs a name of its own. */
  next(): number {
    return ++this.numbers;
  }

  /** Takes a step, with its time; halts where it goes above a ceiling. */
  add(step: Step): void {
    if (this.halted !== null || this.closed) return;
    this.latest = Math.max(this.latest, Math.round(this.clock()));
    Object.assign(step, { at_ms: this.latest });
    this.steps.push(step);
    const over = this.watch.add(step);
    const halt = over ? overHalt(over) : this.askWatchers(step);
    if (!halt) return;
    if (step.type === 'tool_call') this.neverRan(step as ToolCallStep, 'limit'); // the tag says so
    this.halt(halt);
  }

  /** Records that a call was stopped, where the trial ends with it. */
  neverRan({ id, tool }: ToolCallStep, blocked: string): void {
    if (this.closed) return;
    this.openIds.delete(id ?? '');
    this.steps.push({ type: 'tool_result', id, tool, blocked, at_ms: this.latest });
  }

  private askWatchers(step: Step): Halt | null {
    for (const watcher of this.options.watchers ?? []) {
      const halt = watcher(step);
      if (halt) return halt;
    }
    return null;
  }

  /** Whether the agent was done before: it hears of nothing any more. */
  get settling(): boolean {
    return this.endedAt !== null;
  }

  /** Whether costs must be known. */
  holdsCost(): boolean {
    const { needsCost, ceilings } = this.options;
    return needsCost === true || ceilings['cost_usd'] !== undefined;
  }

  /** Keeps in mind what is under way. */
  track<Value>(work: Promise<Value>): Promise<Value> {
    const done: Promise<void> = work.then(
      () => void this.pending.delete(done),
      () => void this.pending.delete(done),
    );
    this.pending.add(done);
    return work;
  }

  /** Waits, but not for long, for what the agent began and did not wait for: it may still change the world, cost something or show a fault. */
  async settle(): Promise<void> {
    if (this.halted !== null || this.pending.size === 0) return;
    this.endedAt = this.options.now();
    await new Promise<void>((resolve) => {
      const cancel = this.options.after(SETTLE_MS, resolve);
      const done = () => {
        cancel();
        resolve();
      };
      this.signal.addEventListener('abort', done, { once: true });
      void Promise.all(this.pending).then(done); // none of them rejects
    });
    if (this.asking === 0 || !this.holdsCost()) return;
    const words = 'Cannot hold a ceiling on cost: the agent was done before its model had answered';
    this.halt({ kind: 'fault', error: new AgentopsError('model_fault', words) });
  }

  /** Stops the trial; the first reason counts. */
  halt(halt: Halt): void {
    if (this.halted !== null || this.closed) return;
    this.halted = halt;
    this.abort.abort(new TrialHalted(halt, wordsOf(halt)));
  }

  throwIfHalted(): void {
    if (this.halted !== null) throw new TrialHalted(this.halted, wordsOf(this.halted));
    if (this.closed) throw new TrialHalted(ENDED, 'The trial has ended');
  }

  close(): void {
    this.closed = true;
    this.cancelTimer();
    this.forgetSignal();
    // What is still under way ends here: nobody waits for it, and it may cost something
    if (this.pending.size > 0) this.abort.abort(new TrialHalted(ENDED, 'The trial has ended'));
  }

  /** Halts when the seconds are over; waits for rate limits put that off. */
  private holdSeconds(seconds: number): void {
    const left = seconds * 1000 - this.clock();
    if (left > 0) {
      this.cancelTimer = this.options.after(left, () => this.holdSeconds(seconds));
      return;
    }
    const reason = `The agent was not done after the ceiling of ${seconds} seconds`;
    this.halt({ kind: 'limit', limit: 'seconds', reason });
  }
}

function wordsOf(halt: Halt): string {
  if (halt.kind === 'fault') return halt.error.message;
  return halt.kind === 'interrupted' ? 'The run was interrupted' : halt.reason;
}

function overHalt({ ceiling, used, most }: Used): Halt {
  const reason = `${ceiling} ${Number(used.toPrecision(6))} is above the ceiling of ${most}`;
  return { kind: 'limit', limit: ceiling, reason };
}
