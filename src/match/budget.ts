/** Thrown when an exact search would take too long; the verdict is then an error, never a guess. */
export class OutOfBudget extends Error {
  override readonly name = 'OutOfBudget';

  constructor(what: string) {
    super(`Too many ${what} to try them all`);
  }
}
