import { onAbort } from '../io/on-abort.ts';

interface Waiter {
  readonly go: () => void;
  readonly fail: (reason: unknown) => void;
}

/** Those who wait for their turn, first come, first served; who gives up leaves nothing behind. */
export class WaitingLine {
  private readonly waiting = new Set<Waiter>();
  /** Kept from turn to turn, as a new one would pass by all that have left; all before it have. */
  private readonly order = this.waiting.values();

  /** How many wait. */
  get length(): number {
    return this.waiting.size;
  }

  /** Waits for its turn. Throws the reason of the signal once that is aborted. */
  async join(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        ignore();
        this.waiting.delete(waiter);
      };
      const waiter = {
        go: () => {
          leave();
          resolve();
        },
        fail: (reason: unknown) => {
          leave();
          reject(reason);
        },
      };
      const ignore = onAbort(signal, () => waiter.fail(signal.reason));
      this.waiting.add(waiter);
    });
  }

  /** Gives the first its turn; false where nobody waits. */
  next(): boolean {
    // It is over for good once it has found nobody
    const first = this.waiting.size > 0 ? this.order.next() : null;
    if (first === null || first.done === true) return false;
    first.value.go();
    return true;
  }

  /** Turns everyone away. */
  disperse(reason: unknown): void {
    for (const { fail } of this.waiting) fail(reason);
  }
}
