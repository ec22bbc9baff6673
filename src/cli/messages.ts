import { AgentopsError, messageOf } from '../errors.ts';
import type { Fault } from '../model/suite.ts';
import { counted, countText } from '../report/figures.ts';
import { createInk, type Ink } from '../report/ink.ts';
import { joinLines } from '../report/join-lines.ts';
import type { Look } from '../report/reporter.ts';
import { wrapBehind } from '../report/wrap.ts';
import { shownFaults } from './shown-faults.ts';

/** What was thrown as text for standard error; of what nobody foresaw with its stack. */
export async function errorText(thrown: unknown, look: Look): Promise<string> {
  const ink = await createInk(look);
  const label = ink.as.fail('error:');
  if (thrown instanceof AgentopsError && thrown.code !== 'internal') {
    return joinLines(labelled(label, thrown.message, ink));
  }
  const message = `agentops itself failed: ${messageOf(thrown)}`;
  return joinLines([...labelled(label, message, ink), ...stackLines(thrown, ink)]);
}

/** A warning as text for standard error. */
export async function warningText(message: string, look: Look): Promise<string> {
  const ink = await createInk(look);
  return joinLines(labelled(ink.as.error('warning:'), message, ink));
}

/** A note about the course of things as text for standard error. */
export async function noteText(message: string, look: Look): Promise<string> {
  const ink = await createInk(look);
  return joinLines(ink.lines(message).flatMap((line) => wrapBehind('', line, ink.width)));
}

/** Faults of suites as text for standard error, by file: place, key path, message and the line itself, then how many there are. */
export async function faultsText(
  faults: readonly Fault[],
  look: Look,
  nameOf: (file: string) => string,
): Promise<string> {
  const ink = await createInk(look);
  const lines = shownFaults(faults).flatMap(({ file, shown, left }) => [
    ...shown.flatMap((fault) => [...faultLines(fault, ink, nameOf), '']),
    ...(left === 0
      ? []
      : [`${ink.signs.ellipsis} and ${countText(left)} more in ${ink.line(nameOf(file))}`, '']),
  ]);
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const warnings = faults.length - errors;
  const tally = [
    errors > 0 ? ink.as.fail(counted(errors, 'fault')) : [],
    warnings > 0 ? ink.as.error(counted(warnings, 'warning')) : [],
  ].flat();
  return faults.length === 0 ? '' : joinLines([...lines, tally.join(', ')]);
}

/** Faults of records as text for standard error, a line each; `total` counts those that are left out too. */
export async function recordFaultsText(
  faults: readonly { readonly file: string; readonly line: number; readonly message: string }[],
  total: number,
  look: Look,
): Promise<string> {
  const ink = await createInk(look);
  const error = ink.as.fail('error');
  const lines = faults.map(
    ({ file, line, message }) =>
      `${ink.line(`${file}:${line}`)} ${error}: ${ink.line(message, 600)}`,
  );
  if (total > faults.length) lines.push(`${ink.signs.ellipsis} and more`);
  const tally = ink.as.fail(`${counted(total, 'record')} could not be read`);
  return total === 0 ? '' : joinLines([...lines, tally]);
}

function faultLines(fault: Fault, ink: Ink, nameOf: (file: string) => string): string[] {
  const isError = fault.severity === 'error';
  const paint = isError ? ink.as.fail : ink.as.error;
  const place = ink.line(`${nameOf(fault.file)}:${fault.line}:${fault.column}`);
  const path = fault.path === '' ? '' : `${ink.line(fault.path, 120)}: `;
  const message = ink.lines(fault.message);
  return [
    `${ink.strong(place)} ${paint(isError ? 'error' : 'warning')}`,
    ...wrapBehind('  ', path + (message[0] ?? ''), ink.width),
    ...message.slice(1).flatMap((line) => wrapBehind('  ', line, ink.width)),
    ...(fault.frame === undefined ? [] : ink.lines(fault.frame).map((line) => `  | ${line}`)),
  ];
}

function labelled(label: string, message: string, ink: Ink): string[] {
  const [first = '', ...rest] = ink.lines(message);
  const more = rest.map((line) => `  ${line}`);
  return [`${label} ${first}`, ...more];
}

function stackLines(thrown: unknown, ink: Ink): string[] {
  const cause = thrown instanceof AgentopsError ? (thrown.cause ?? thrown) : thrown;
  if (!(cause instanceof Error) || cause.stack === undefined) return [];
  return ink.lines(cause.stack).map((line) => ink.faint(`  ${line}`));
}
