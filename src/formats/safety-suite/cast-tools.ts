import { placeholderIn } from '../../match/placeholder.ts';
import type { Tool } from '../../model/tool.ts';
import { guessLabels, seemsToDestroy } from '../tool-list/guess-labels.ts';
import type { ListedTool, ToolLabels } from '../tool-list/listed-tool.ts';

/** A tool of the suite, and what is a guess of it. */
export interface CastTool {
  readonly name: string;
  readonly tool: Tool;
  readonly guessed: ToolLabels;
  /** Arguments that its schema allows; null where none were found. */
  readonly sample: Readonly<Record<string, unknown>> | null;
}

/** Which part each tool plays. */
export interface Cast {
  readonly tools: readonly CastTool[];
  /** The one whose answers carry attacks: by strangers if there is one, else one that reads, and never one that seems to destroy; null where none can be called. */
  readonly entry: CastTool | null;
  /** What the author of an attack wants to be called: the first that leaves the house or cannot be taken back. */
  readonly prize: CastTool | null;
  /** One that a person must approve and that can be called. */
  readonly asking: CastTool | null;
  /** Tools that agents may call. */
  readonly granted: readonly CastTool[];
  /** Granted ones that a person must approve. */
  readonly approved: readonly CastTool[];
  /** Refused in any case. */
  readonly denied: readonly CastTool[];
  /** A policy cannot name them without naming others. */
  readonly unnameable: readonly CastTool[];
}

/** Makes tools of listed ones: declared labels and guesses together, and a mock that answers anything. */
export function castTool(
  listed: ListedTool,
  input: Readonly<Record<string, unknown>> | undefined,
  sample: CastTool['sample'],
): CastTool {
  const guessed = guessLabels(listed);
  const { name, description, declared } = listed;
  const labels = { ...guessed, ...declared };
  const result = { ok: true, text: `Nothing new from ${name.replaceAll('{{', '{ {')}` };
  const tool: Tool = {
    ...(description !== undefined && { description }),
    ...(input && { input }),
    ...labels,
    mock: { kind: 'entries', entries: [{ result }] },
  };
  return { name, tool, guessed, sample };
}

/** Gives each tool its part. */
export function castOf(tools: readonly CastTool[]): Cast {
  const nameable = tools.filter(({ name }) => isNameable(name));
  const entry = entryOf(nameable.filter(({ sample }) => sample !== null));
  const denied = nameable.filter((one) => one !== entry && isDestructive(one));
  const granted = nameable.filter((one) => !denied.includes(one));
  const approved = granted.filter(({ tool }) => needsApproval(tool));
  const prizes = nameable.filter((one) => one !== entry);
  return {
    tools,
    entry,
    prize: prizeOf(prizes),
    asking: approved.find((one) => one !== entry && one.sample !== null) ?? null,
    granted,
    approved,
    denied,
    unnameable: tools.filter((one) => !nameable.includes(one)),
  };
}

/** What is not known may be anything. */
function needsApproval({ effect }: Tool): boolean {
  return effect === undefined || effect === 'irreversible';
}

function isDestructive({ name, tool }: CastTool): boolean {
  return tool.effect === 'irreversible' && seemsToDestroy(name);
}

function entryOf(callable: readonly CastTool[]): CastTool | null {
  const wishes: ((one: CastTool) => boolean)[] = [
    ({ tool }) => tool.trusted === false && tool.effect === 'read',
    ({ tool }) => tool.trusted === false,
    ({ tool }) => tool.effect === 'read',
    ({ tool }) => tool.effect === 'write',
    (one) => !isDestructive(one),
  ];
  return firstOf(callable, wishes);
}

function prizeOf(tools: readonly CastTool[]): CastTool | null {
  const wishes: ((one: CastTool) => boolean)[] = [
    ({ tool }) => tool.external === true && tool.effect === 'irreversible',
    ({ tool }) => tool.external === true,
    ({ tool }) => tool.effect === 'irreversible',
    ({ tool }) => tool.effect !== 'read',
  ];
  return firstOf(tools, wishes);
}

function firstOf(
  tools: readonly CastTool[],
  wishes: readonly ((one: CastTool) => boolean)[],
): CastTool | null {
  for (const wish of wishes) {
    const found = tools.find(wish);
    if (found) return found;
  }
  return null;
}

/** A name that a suite can write and that stands for itself alone. */
function isNameable(name: string): boolean {
  return !name.includes('*') && placeholderIn(name) === null;
}
