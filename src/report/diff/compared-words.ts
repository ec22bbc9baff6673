import type { ComparisonGate } from '../../model/comparison-gate.ts';
import type { DiffSummary, GroupChange, SideFacts } from '../../model/diff.ts';
import type { GateStatus, Status } from '../../model/status.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { counted, countText } from '../figures.ts';
import { SHORT_ID } from '../short-id.ts';
import { groupName, pointsText, pText, type Say } from './compared-rows.ts';

/** Words of the gate's answer about a comparison, and the status whose sign and colour it takes. */
export const COMPARISON_GATE = {
  pass: { words: 'Comparison passed', as: 'pass' },
  fail: { words: 'Comparison failed', as: 'fail' },
  inconclusive: { words: 'Comparison inconclusive', as: 'error' },
  error: { words: 'Comparison undecided', as: 'error' },
} satisfies Record<GateStatus, { words: string; as: Status }>;

const PLAIN = /^[\w.-]+$/;
const MOST_LABELS = 5;
const MOST_NAMES = 5;

/** What one side is: run, commit, labels, agent, when, how its own gate went. */
export function sideText(facts: SideFacts, say: Say, dot: string): string {
  const { run, source, agent, git, labels, status, gate, planned } = facts;
  const entries = Object.entries(labels);
  const told = entries.slice(0, MOST_LABELS).map(([key, value]) => say(`${key}=${value}`));
  const left = entries.length - told.length;
  return [
    `${say(run)}${source === 'run' ? '' : ` (${source === 'report' ? 'a report' : 'a baseline'})`}`,
    ...(agent === null ? [] : [`agent ${say(agent)}`]),
    ...(git?.commit ? [commitText(git, say)] : []),
    ...told,
    ...(left > 0 ? [counted(left, 'more label')] : []),
    say(facts.started_at.slice(0, 16).replace('T', ' ')),
    ...(status === 'completed' ? [] : [status]),
    counted(planned, 'trial'),
    ...(gate === null ? [] : [`gate ${gate}`]),
  ].join(` ${dot} `);
}

/** The command that compares the two again, null where a side cannot be named. */
export function diffCommand({ base, head }: DiffSummary, say: Say): string | null {
  const [one, other] = [referenceOf(base), referenceOf(head)];
  return one === null || other === null ? null : `agentops diff ${say(one)} ${say(other)}`;
}

/** The command that shows a trial of one side in full, null where that side is no stored run. */
export function showCommand({ run, source }: SideFacts, id: string, say: Say): string | null {
  const isNamed = source === 'run' && PLAIN.test(run) && PLAIN.test(id);
  return isNamed ? `agentops show ${say(run)} ${say(id.slice(0, SHORT_ID))}` : null;
}

/** What was compared and what was not: coverage that changed is always said. */
export function coverageTexts(
  { counts, aligned_by, missing, smaller }: DiffSummary,
  say: Say,
): string[] {
  const apart = [
    [counts.missing, 'missing in head'],
    [counts.new, 'new in head'],
    [counts.edited, 'edited'],
    [counts.quarantined, 'quarantined'],
    [counts.skipped, 'skipped'],
  ] as const;
  const told = apart.flatMap(([count, words]) => (count > 0 ? `${countText(count)} ${words}` : []));
  const names = missing.slice(0, MOST_NAMES).map((row) => say(row.task ?? 'no task named'));
  const more = counts.missing - names.length;
  return [
    `${counted(counts.compared, 'task')} compared, aligned by ${aligned_by.join(', ')}`,
    ...(told.length > 0 ? [`Not compared: ${told.join(', ')}`] : []),
    ...(names.length > 0
      ? [`Missing: ${names.join(', ')}${more > 0 ? ` and ${countText(more)} more` : ''}`]
      : []),
    ...(counts.undecided > 0
      ? [`${counted(counts.undecided, 'task')} without a decided trial in one of the runs`]
      : []),
    ...(counts.edit_unknown > 0
      ? [`${counted(counts.edit_unknown, 'task')} of which a run does not tell what was asked for`]
      : []),
    ...smallerTexts(counts, smaller, say),
    ...(counts.edited_worse > 0
      ? [`${counted(counts.edited_worse, 'edited task')} passed before and not now`]
      : []),
    ...violationTexts(counts),
  ];
}

/** How small a difference each group shows, and whether more tasks or more trials would show a smaller one. */
export function detectableTexts(
  { groups }: DiffSummary,
  { margin }: ComparisonGate,
  say: Say,
): string[] {
  return groups.flatMap((group) => {
    const name = groups.length > 1 ? `${groupName(group, say)}: ` : '';
    const least =
      group.detectable === null
        ? 'So few trials show no difference, not even one of 100 points'
        : `Smallest difference that shows, 4 times in 5: ${pointsText(group.detectable)}`;
    return [`${name}${least}. ${helpText(group, margin)}`];
  });
}

/** A task with its attack, and its agent and suite where there are several. */
export function taskName(
  { task, attack, suite, agent }: TaskChange,
  say: Say,
  several: boolean,
): string {
  const name = task === null ? 'no task named' : say(task);
  const under = attack === null ? '' : ` under ${say(attack)}`;
  if (!several) return name + under;
  const [base, head] = [agent.base ?? agent.head ?? '', agent.head ?? agent.base ?? ''];
  return `${name}${under} (${groupName({ suite, agent: { base, head } }, say)})`;
}

/** How often a task passed in both runs: `4/4 → 1/4`, with p where there is one. */
export function passText(task: TaskChange, arrow: string, none: string): string {
  const side = (one: TaskChange['base']) => {
    if (one === null) return none;
    const errors = one.errored > 0 ? ` (${one.errored} in error)` : '';
    return `${countText(one.passed)}/${countText(one.trials)}${errors}`;
  };
  const p = task.p === null ? '' : `, p ${pText(task.p)}`;
  return `${side(task.base)} ${arrow} ${side(task.head)}${p}${task.shown ? ', holds after Holm' : ''}`;
}

/** A side as the command line takes it, null where that is not known or a shell would read more than a name. */
function referenceOf({ run, source, agent }: SideFacts): string | null {
  if (source === 'report' || !PLAIN.test(run)) return null;
  const name = source === 'baseline' ? 'baseline' : run;
  return agent !== null && PLAIN.test(agent) ? `${name}#${agent}` : name;
}

function commitText(git: NonNullable<SideFacts['git']>, say: Say): string {
  const commit = say((git.commit ?? '').slice(0, 10));
  const branch = git.branch === null ? '' : `${say(git.branch)} `;
  return `${branch}${commit}${git.dirty ? ' with changes' : ''}`;
}

function smallerTexts(
  { smaller, lost }: DiffSummary['counts'],
  rows: DiffSummary['smaller'],
  say: Say,
): string[] {
  const names = rows
    .slice(0, MOST_NAMES)
    .map((row) => `${say(row.task ?? 'no task named')} ${row.base} to ${row.head}`);
  const left = smaller - names.length;
  const more = left > 0 ? ` and ${countText(left)} more` : '';
  return [
    ...(smaller > 0
      ? [
          `${counted(smaller, 'task')} with fewer decided trials than base (${names.join(', ')}${more})`,
        ]
      : []),
    ...(lost > 0 ? [`${counted(lost, 'trial')} of head lost to errors or skips`] : []),
  ];
}

function violationTexts({ violations, unsure }: DiffSummary['counts']): string[] {
  return [
    ...(violations > 0 ? [`${counted(violations, 'trial')} of head with a violation`] : []),
    ...(unsure > 0
      ? [`${counted(unsure, 'trial')} of head in which a violation cannot be ruled out`]
      : []),
  ];
}

function helpText({ would_help: help, detectable }: GroupChange, margin: number): string {
  const { more, tasks, trials } = help;
  const goal = `to show the margin of ${pointsText(margin)}`;
  const some = tasks === null ? 'more tasks' : `about ${counted(tasks, 'task')}`;
  const again = trials === null ? 'more trials' : `about ${counted(trials, 'trial')} of each task`;
  if (more === 'tasks') return `More tasks would help more than trials: ${some} ${goal}`;
  if (more === 'trials') return `More trials would help more than tasks: ${again} ${goal}`;
  if (more === 'either') return `It takes ${some}, or ${again}, ${goal}`;
  const enough = detectable !== null && detectable <= margin;
  return enough
    ? `That is enough for the margin of ${pointsText(margin)}`
    : 'Neither more tasks nor more trials would change that';
}
