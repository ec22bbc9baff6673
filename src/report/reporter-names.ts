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
