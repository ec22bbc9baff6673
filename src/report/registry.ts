import { csv } from './csv.ts';
import { ctrf } from './ctrf.ts';
import { github } from './github.ts';
import { html } from './html/html-reporter.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { terminal } from './terminal.ts';

/** The reporters there are, by the name that `--reporter` takes. */
export const reporters: readonly Reporter[] = [
  terminal,
  json,
  junit,
  markdown,
  html,
  github,
  csv,
  ctrf,
];
