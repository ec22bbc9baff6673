import { htmlDiff } from '../html/html-diff.ts';
import type { DiffReporter } from './diff-reporter.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { terminal } from './terminal.ts';

/** The reporters of comparisons, by the name that `--reporter` takes. */
export const diffReporters: readonly DiffReporter[] = [terminal, json, markdown, htmlDiff];
