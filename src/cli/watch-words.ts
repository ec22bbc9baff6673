import { counted } from '../report/figures.ts';
import { terminalLine } from '../report/terminal-text.ts';
import type { KnownSuites, WatchChanges } from './watch-loop.ts';

/** The most lines about changes, and the most suites that one names. */
const MOST_LINES = 10;
const MOST_NAMES = 5;

/** How what happened is told. */
export interface WordsOptions {
  readonly ascii: boolean;
  /** How people call a file. */
  readonly nameOf: (file: string) => string;
}

/** What happened since the last run, in safe lines: `changed: suites/tools/shop.tools.yaml → shop-support`. */
export function changeLines(
  { changed, added, removed }: WatchChanges,
  known: KnownSuites,
  { ascii, nameOf }: WordsOptions,
): string[] {
  const file = (path: string) => terminalLine(nameOf(path), ascii);
  const suite = (path: string) => terminalLine(known.get(path)?.name ?? nameOf(path), ascii);
  const lines = [
    ...removed.map((path) => `gone: ${file(path)}`),
    ...added.map((path) => `new: ${file(path)} ${ascii ? '->' : '→'} ${suite(path)}`),
    ...[...changed]
      .filter(([path]) => !added.includes(path))
      .map(([path, suites]) => {
        const names = listed([...new Set(suites.map(suite))].sort());
        return `changed: ${file(path)} ${ascii ? '->' : '→'} ${names}`;
      }),
  ];
  if (lines.length <= MOST_LINES) return lines;
  return [
    ...lines.slice(0, MOST_LINES),
    `and ${counted(lines.length - MOST_LINES, 'more change', 'more changes')}`,
  ];
}

/** That changes are waited for, and of how much. */
export function waitingLine(known: KnownSuites): string {
  const files = new Set([...known.values()].flatMap((suite) => [...suite.files]));
  const suites = counted(known.size, 'suite');
  return `watching ${suites} with ${counted(files.size, 'file')}; Ctrl-C ends it`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
