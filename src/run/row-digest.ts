import path from 'node:path';
import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';
import { isObject } from '../json/object.ts';
import { judges } from '../judges/registry.ts';
import type { Attack } from '../model/attack.ts';
import type { Expectations } from '../model/expectations.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Suite, Task } from '../model/suite.ts';
import type { Mock, Tools } from '../model/tool.ts';

/** Gives the digest of a task alone or under an attack: SHA-256 of all that such a row asks for, whatever its agents are. */
export type RowDigests = (task: Task, attack: Attack | null) => string;

/** Digests the rows of a suite; what they share is digested once. */
export function rowDigests(suite: Suite): RowDigests {
  const shared = digestOf(sharedPart(suite));
  const worlds = new Map<unknown, string>();
  const attacks = new Map<Attack | null, string>([[null, '']]);
  return (task, attack) => {
    const world = task.world ?? suite.world;
    const begin = worlds.get(world) ?? digestOf(world);
    worlds.set(world, begin);
    const lure = attacks.get(attack) ?? digestOf(attack && attackPart(suite, attack));
    attacks.set(attack, lure);
    return digestOf([shared, taskPart(suite, task), begin, lure]);
  };
}

function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** What every row of a suite asks for. Names, words about it, trials, gate and agents are no part of that. */
function sharedPart(suite: Suite): unknown {
  const { expect, limits, tools, policy, approvals, canaries, judges: asked = {} } = suite;
  return {
    expect: withContents(suite, expect),
    limits,
    tools: tools && toolsPart(suite, tools),
    policy,
    approvals,
    canaries,
    judges: sortedEntries(asked).map(([, judge]) => judgePart(judge)),
  };
}

/** Of a task, `pass` as it holds; the recording of a played user is what it said in one version, and no part of what is asked. */
function taskPart(suite: Suite, task: Task): unknown {
  const { input, conversation, user, expect, prefer, weights, limits } = task;
  const { recording: _, ...simulate } = user?.simulate ?? {};
  return {
    input,
    conversation: conversation?.map((turn) => [turn.user, withContents(suite, turn.expect)]),
    simulate,
    expect: withContents(suite, expect),
    prefer: withContents(suite, prefer),
    weights,
    limits,
    pass: task.pass ?? suite.pass ?? 'all',
  };
}

function attackPart(suite: Suite, { inject, goal }: Attack): unknown {
  return { inject, goal: withContents(suite, goal) };
}

/** Tools with what their mocks hold in place of where they lie. */
function toolsPart(suite: Suite, tools: Tools): unknown {
  return sortedEntries(tools).map(([name, { mock, ...tool }]) => [
    name,
    tool,
    mock && mockPart(suite, mock),
  ]);
}

function sortedEntries<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

function mockPart({ contents }: Suite, mock: Mock): unknown {
  if (mock.kind === 'recording') return [mock.kind, contents?.get(mock.file)];
  if (mock.kind !== 'function') return mock;
  const [, file = '', name = ''] = /^(.*?)(#[^#/]*)?$/s.exec(mock.reference) ?? [];
  return [mock.kind, name, contents?.get(file)];
}

/** A judge less what only tests the judge: its known trials, its labels and where they lie. */
function judgePart({ known: _, canaries: __, calibration, answers, ...judge }: JudgeSpec): unknown {
  const listed = answers && Object.entries(answers); // the order in which they are listed is shown
  return { ...judge, answers: listed, kappa: calibration && [calibration.kappa] };
}

/** Expectations, with what the files hold that they name. */
function withContents(suite: Suite, expectations: Expectations): unknown {
  const files = filesIn(expectations);
  if (files.length === 0) return expectations;
  const folder = path.dirname(suite.file);
  return [
    expectations,
    files.map((file) => suite.contents?.get(path.resolve(folder, file)) ?? null),
  ];
}

const naming = judges.filter(({ files }) => files !== undefined);

/** The files that expectations name, relative to the suite, those that are negated included. */
function filesIn(expectations: Expectations): string[] {
  const own = naming.flatMap(({ key, files }) =>
    Object.hasOwn(expectations, key) ? (files?.(expectations[key]) ?? []) : [],
  );
  const negated = expectations['not'];
  const inner = Array.isArray(negated) ? negated.filter(isObject).flatMap(filesIn) : [];
  return [...own.map(({ file }) => file), ...inner];
}
