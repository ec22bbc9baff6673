/** Names that `--reporter` takes, in the order of the registry, for texts of help that must not load it. */
export const REPORTER_NAMES = [
  'terminal',
  'json',
  'junit',
  'markdown',
  'html',
  'github',
  'csv',
  'ctrf',
] as const;

/** The same for comparisons. */
export const DIFF_REPORTER_NAMES = ['terminal', 'json', 'markdown', 'html'] as const;
