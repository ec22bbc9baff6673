import { cutMiddle, displayWidth, splitAtWidth } from '../report/display-width.ts';
import { durationText, moneyText } from '../report/figures.ts';
import { terminalLine } from '../report/terminal-text.ts';
import type { TrialName } from '../run/trial-id.ts';

/** A trial that runs now. */
export interface RunningTrial {
  readonly name: TrialName;
  /** Milliseconds of the clock of the run at which it began. */
  readonly since: number;
}

/** How far a run is. */
export interface Course {
  readonly planned: number;
  readonly done: number;
  /** Trials among those that are done which were run, not skipped. */
  readonly ran: number;
  /** Milliseconds that they took, one by one, together. */
  readonly ranMs: number;
  readonly notPassed: number;
  readonly costUsd: number;
  /** Milliseconds since the run began. */
  readonly elapsedMs: number;
  /** By id, in the order in which they began. */
  readonly running: ReadonlyMap<string, RunningTrial>;
}

/** What the line is written for; `width` is null where lines may have any. */
export interface LineLook {
  readonly width: number | null;
  readonly ascii: boolean;
}

const MOST_NAMES = 3;
const NAME_WIDTH = 48;
/** Code units of a name that are looked at. */
const NAME_UNITS = 400;

/** Says how far a run is in one safe line: done, rate, not passed, cost, time left, what runs now. */
export function progressLine(course: Course, look: LineLook): string {
  const { done, planned, ran, elapsedMs, notPassed, costUsd } = course;
  const parts = [`${done}/${planned} trials`];
  if (ran > 0 && elapsedMs > 0) parts.push(rateText((ran / elapsedMs) * 1000));
  if (notPassed > 0) parts.push(`${notPassed} not passed`);
  if (costUsd > 0) parts.push(moneyText(costUsd));
  const left = millisecondsLeft(course);
  if (left !== null) parts.push(`about ${leftText(left)} left`);
  return withNames(parts.join(', '), course, look);
}

/** Milliseconds until the last trial is done, at the rate so far, and no less than what a trial that runs still takes; null where nothing is known. */
export function millisecondsLeft(course: Course): number | null {
  const { planned, done, ran, ranMs, elapsedMs, running } = course;
  const waiting = planned - done;
  if (ran === 0 || waiting <= 0) return null;
  const usual = ranMs / ran;
  let left = (waiting * elapsedMs) / ran;
  // At the end fewer run at once than the rate was made with
  for (const { since } of running.values()) left = Math.max(left, usual - (elapsedMs - since));
  return left;
}

function rateText(perSecond: number): string {
  if (perSecond >= 10) return `${Math.round(perSecond)}/s`;
  return perSecond >= 0.95 ? `${perSecond.toFixed(1)}/s` : `${(perSecond * 60).toFixed(1)}/min`;
}

function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : durationText(seconds * 1000);
}

/** Adds as many names of running trials as there is room for, and says how many more there are. */
function withNames(head: string, { running }: Course, look: LineLook): string {
  const ellipsis = look.ascii ? '...' : '…';
  const names: string[] = [];
  for (const { name } of running.values()) {
    if (names.length === MOST_NAMES) break;
    names.push(cutMiddle(safeName(name, look.ascii), NAME_WIDTH, ellipsis));
  }
  if (names.length === 0) return cutEnd(head, look.width, ellipsis);
  const lineWith = (count: number) => {
    const more = running.size > count ? ` and ${running.size - count} more` : '';
    return `${head}, running: ${names.slice(0, count).join(', ')}${more}`;
  };
  for (let count = names.length; count > 1; count--) {
    const line = lineWith(count);
    if (look.width === null || displayWidth(line) <= look.width) return line;
  }
  return cutEnd(lineWith(1), look.width, ellipsis);
}

function safeName({ task, attack, agent, trial }: TrialName, ascii: boolean): string {
  const text = [task ?? '', ...(attack === null ? [] : [attack]), agent, trial].join('/');
  const short =
    text.length <= NAME_UNITS ? text : text.slice(0, NAME_UNITS / 2) + text.slice(-NAME_UNITS / 2);
  return terminalLine(short, ascii);
}

function cutEnd(line: string, width: number | null, ellipsis: string): string {
  if (width === null || displayWidth(line) <= width) return line;
  const [start] = splitAtWidth(line, Math.max(width - ellipsis.length, 1));
  return start + ellipsis;
}
