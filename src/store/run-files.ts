/** Names of the files in the folder of a run. */
export const runFiles = {
  plan: 'plan.json',
  trials: 'trials.jsonl',
  trajectories: 'trajectories.jsonl',
  summary: 'run.json',
} as const;

/** Folder of the runs under a base such as `.agentops`. */
export const RUNS = 'runs';
