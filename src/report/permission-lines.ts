import type { ArgumentUse } from '../safety/permissions/argument-use.ts';
import type { ActorPermissions } from '../safety/permissions/permissions.ts';
import { callCount, type StatusCounts, type ToolUse } from '../safety/permissions/tool-uses.ts';
import { counted, countText } from './figures.ts';
import type { Ink } from './ink.ts';
import { narrowerPolicyYaml, shownValue, valuesText } from './narrower-policy-yaml.ts';
import type { AgentPermissions } from './run-permissions.ts';
import { wrap, wrapBehind } from './wrap.ts';

const LONGEST_NAME = 80;
const MOST_ARGUMENTS = 20;

/** Lines that say what an agent was granted, what it used, and what a narrower policy would be. */
export function permissionLines(one: AgentPermissions, ink: Ink): string[] {
  const attacked = one.attacked > 0 ? `, ${countText(one.attacked)} of them attacked` : '';
  const title = `${ink.line(one.suite)} ${ink.signs.dot} ${ink.line(one.agent)}`;
  return [
    `${ink.strong(title)} ${ink.signs.dot} ${counted(one.trials, 'trial')}${attacked}`,
    ...remarks(one, ink),
    ...one.actors.flatMap((actor) => ['', ...actorLines(actor, grantedText(one, actor), ink)]),
    '',
    ...wrap('Proposed policy: what ran without an attack, and no more', ink.width).map(ink.strong),
    ...ink.lines(narrowerPolicyYaml(one.proposal).trim()).map((line) => `  ${line}`),
  ];
}

function remarks({ grants_known, unread, user_calls }: AgentPermissions, ink: Ink): string[] {
  const words = [
    grants_known
      ? []
      : 'What was granted is not known: the run is of an older version, which did not keep it',
    unread > 0
      ? `The calls of ${counted(unread, 'trial')} are not known: what is never used here may be used there`
      : [],
    user_calls > 0 ? `${counted(user_calls, 'call')} of the user left out` : [],
  ].flat();
  return words.flatMap((line) => wrapBehind(`  ${ink.signs.error} `, line, ink.width));
}

function grantedText(
  { grants_known }: AgentPermissions,
  { granted, by }: ActorPermissions,
): string {
  if (granted !== null) return `granted by ${by}: ${counted(granted.length, 'tool')}`;
  return grants_known ? 'anything granted: the suite names no tools' : 'granted: not known';
}

function actorLines(one: ActorPermissions, granted: string, ink: Ink): string[] {
  const { actor } = one;
  const named = actor === null ? '' : `Actor ${ink.strong(ink.line(actor, LONGEST_NAME))}`;
  const used = one.used.filter(({ tool }) => !one.only_under_attack.includes(tool));
  const never = one.unused.filter((tool) => !one.only_under_attack.includes(tool));
  const alone = one.used.filter(({ tool }) => one.only_under_attack.includes(tool));
  const refused = new Set(one.ungranted);
  return [
    `${named || 'No actor named'} ${ink.signs.dot} ${granted}`,
    ...(used.length === 0 ? ['  used nothing'] : []),
    ...used.flatMap((use) => useLines(use, refused.has(use.tool), ink)),
    ...listLines('Granted and never used', never, ink),
    ...listLines('Used and not granted', one.ungranted, ink),
    ...alone.flatMap(({ tool, attacked }) =>
      wrapBehind(
        `  ${ink.as.fail(ink.signs.fail)} `,
        `${ink.line(tool, LONGEST_NAME)}  used only under attack: ${countsText(attacked)}`,
        ink.width,
      ),
    ),
  ];
}

function useLines(use: ToolUse, isUngranted: boolean, ink: Ink): string[] {
  const sign = isUngranted ? ink.as.fail(ink.signs.fail) : ink.as.pass(ink.signs.pass);
  const attacked = callCount(use.attacked) > 0 ? `; under attack ${countsText(use.attacked)}` : '';
  const words = `${ink.line(use.tool, LONGEST_NAME)}  ${countsText(use.calls)}${attacked}`;
  const shown = use.args.slice(0, MOST_ARGUMENTS);
  const left = use.args.length - shown.length;
  const unknown = use.unknown_args;
  return [
    ...wrapBehind(`  ${sign} `, words, ink.width),
    ...shown.flatMap((one) => wrapBehind('      ', argumentText(one, ink), ink.width)),
    ...(left > 0 ? [`      ${ink.signs.ellipsis} ${counted(left, 'more argument')}`] : []),
    ...(unknown > 0 ? [`      ${counted(unknown, 'call')} without known arguments`] : []),
  ];
}

/** `3 calls: 2 ok, 1 failed`. */
function countsText(counts: StatusCounts): string {
  const { ok, failed, blocked, unknown } = counts;
  const parts = Object.entries({ ok, failed, blocked, 'without a result': unknown });
  const told = parts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${countText(count)} ${name}`);
  return `${counted(callCount(counts), 'call')}: ${told.join(', ')}`;
}

/** What an argument was: all of its values where they are few, else some of them, or a range. */
function argumentText({ name, types, values, seen, range }: ArgumentUse, ink: Ink): string {
  const shown = seen.map(shownValue).join(', ');
  const count = valuesText(values);
  const span = range === null ? '' : `, ${range.min} to ${range.max}`;
  const told = range === null ? `, ${count}: ${shown}, …` : `${span}, ${count}`;
  const words = types.join(' or ') + (values === seen.length ? `: ${shown}` : told);
  return ink.line(`${ink.line(name, LONGEST_NAME)}  ${words}`);
}

function listLines(label: string, names: readonly string[], ink: Ink): string[] {
  if (names.length === 0) return [];
  const list = names.map((name) => ink.line(name, LONGEST_NAME)).join(', ');
  return wrapBehind(`  ${label}: `, list, ink.width);
}
