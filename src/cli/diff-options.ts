/** What `agentops diff` was given. */
export interface DiffOptions {
  readonly reporter?: string[];
  readonly failOn?: string[];
  readonly margin: number;
  readonly seed: number;
  readonly out?: string;
  readonly quiet?: true;
}
