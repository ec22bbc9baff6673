/** Loads a function that a suite names, such as `./check.ts#name` relative to the suite, or by an absolute path. */
export type LoadFunction = (reference: string) => Promise<(...args: never[]) => unknown>;
