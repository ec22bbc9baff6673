import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judgeSpec } from '../model/judge-spec.test-support.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { Trajectory } from '../model/trajectory.ts';
import { textsIn } from '../safety/flow/leaf-texts.ts';

/** A judge as a suite would have it. */
export function specOf(more: Partial<JudgeSpec> = {}): JudgeSpec {
  const text = 'Did the customer get what they asked for?';
  const answers = { pass: 'Fully', fail: 'Not or in part' };
  const rubric = { text, name: null, version: null, source: null };
  return judgeSpec({ models: ['judge-model'], rubric, answers, ...more });
}

/** Undoes the encoding of one line of data. */
export function decodeLine(line: string): Record<string, unknown> {
  return JSON.parse(line.replaceAll('\u2581', ' ')) as Record<string, unknown>; // each line is an object
}

/** Every text in decoded lines, and every text in those that are JSON themselves. */
export function textsOfLines(lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    textsIn(decodeLine(line)).flatMap((text) => [text, ...textsIn(parsed(text))]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A trajectory that tries to talk a judge round. */
export interface JudgeAttack {
  readonly name: string;
  readonly trajectory: Trajectory;
  readonly payloads: readonly string[];
  readonly mustFlag: boolean;
}

/** The attack set. */
export function judgeAttacks(): JudgeAttack[] {
  const file = path.join(
    import.meta.dirname,
    '../../fixtures/judge-attacks/attacks.trajectories.jsonl',
  );
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const trajectory = Trajectory.parse(JSON.parse(line));
      return {
        name: trajectory.task,
        trajectory,
        payloads: trajectory.source?.['payloads'] as string[], // as the file has them
        mustFlag: trajectory.labels?.['must_flag'] === 'yes',
      };
    });
}
