import type { Status } from '../../model/status.ts';
import type { TaskChange, VerdictChange } from '../../model/task-change.ts';
import { counted, countText } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { quarantineText } from '../quarantine-text.ts';
import { wrapBehind } from '../wrap.ts';
import { GROUP_WORDS, TASK_GROUPS, type TaskGroup, type TaskList } from './changed-tasks.ts';
import { passText, taskName } from './compared-words.ts';

const LONGEST_NAME = 80;
const LONGEST_REASON = 300;
const MOST_VERDICTS = 5;

/** The status whose sign and colour the tasks of a group take. */
const DRESS = {
  regressed: 'fail',
  missing: 'fail',
  undecided: 'error',
  flaky: 'error',
  edited: 'error',
  quarantined: 'skip',
  skipped: 'skip',
  fixed: 'pass',
  new: 'skip',
} satisfies Record<TaskGroup, Status>;

/** Lines of the tasks that changed or are not compared, group by group, the gravest first. */
export function* changedTaskLines(
  groups: ReadonlyMap<TaskGroup, TaskList>,
  ink: Ink,
  several: boolean,
): Iterable<string[]> {
  for (const group of TASK_GROUPS) {
    const list = groups.get(group);
    if (!list) continue;
    const count = list.shown.length + list.left;
    const title = `${GROUP_WORDS[group]} (${countText(count)})`;
    const lines = list.shown.flatMap((task) => taskLines(task, group, ink, several));
    const more = `${ink.signs.ellipsis} ${counted(list.left, 'more task')}: the json report lists them`;
    yield [
      ...wrapBehind('', title, ink.width).map(ink.strong),
      ...lines,
      ...(list.left > 0 ? wrapBehind('', more, ink.width).map(ink.faint) : []),
      '',
    ];
  }
}

function taskLines(task: TaskChange, group: TaskGroup, ink: Ink, several: boolean): string[] {
  const say = (text: string) => ink.line(text, LONGEST_NAME);
  const { answer, none, dot } = ink.signs;
  const apart = group === 'edited' || group === 'quarantined';
  const words = [
    taskName(task, say, several),
    passText(task, answer, none),
    ...(apart && task.change !== 'same' ? [task.change] : []),
    ...(task.edited === null ? ['may be edited'] : []),
  ].join(` ${dot} `);
  const status = DRESS[group];
  return [
    ...wrapBehind(`${ink.signs[status]} `, words, ink.width).map(ink.as[status]),
    ...whyLines(task, ink),
    ...task.verdicts.slice(0, MOST_VERDICTS).flatMap((verdict) => verdictLines(verdict, ink)),
    ...(task.verdicts.length > MOST_VERDICTS
      ? [
          `    ${ink.signs.ellipsis} ${counted(task.verdicts.length - MOST_VERDICTS, 'more verdict')}`,
        ]
      : []),
  ];
}

/** Where it is written, and why it stands apart. */
function whyLines({ at, skip, quarantine, change }: TaskChange, ink: Ink): string[] {
  const place = at && change !== 'new' ? [`${ink.line(at.file, LONGEST_NAME)}:${at.line}`] : [];
  const owner = quarantine
    ? [ink.line(`in quarantine ${quarantineText(quarantine)}`, LONGEST_REASON)]
    : [];
  const why = skip === undefined ? [] : [ink.line(skip, LONGEST_REASON)];
  return [...owner, ...why, ...place].flatMap((text) =>
    wrapBehind('    ', text, ink.width).map(ink.faint),
  );
}

/** A verdict of both runs: `expect.calls: 4/4 → 0/4`. */
function verdictLines({ path, required, base, head }: VerdictChange, ink: Ink): string[] {
  const { none, answer } = ink.signs;
  const side = (counts: VerdictChange['base']) => {
    if (counts === null) return none;
    const { passed, failed, errored } = counts;
    return `${passed}/${passed + failed + errored}${errored > 0 ? ` (${errored} undecided)` : ''}`;
  };
  const role = required ? '' : ' (preferred)';
  const text = `${ink.line(path, LONGEST_NAME)}${role}: ${side(base)} ${answer} ${side(head)}`;
  return wrapBehind('    ', text, ink.width);
}
