/** The endpoints of one trial. */
export interface Mounted {
  readonly url: string;
  /** Variables that point clients at them. */
  environment(): Record<string, string>;
  unmount(): Promise<void>;
}
