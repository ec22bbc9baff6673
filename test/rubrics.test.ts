import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { viewOf } from '../src/match/view.ts';
import { formOf } from '../src/suite/judge-form.ts';
import { knownOfRubric, knownProblems } from '../src/suite/load-known.ts';
import { readyRubric, readyRubricNames } from '../src/suite/ready-rubrics.ts';
import { rubricSchema } from '../src/suite/rubric-schema.ts';
import { root } from './built-cli.ts';
import { textOf } from './markdown.ts';

const folder = path.join(root, 'rubrics');
const files = readdirSync(folder);
const names = files.map((file) => file.replace('.rubric.yaml', ''));

function rubricOf(name: string) {
  return rubricSchema.parse(parse(readFileSync(path.join(folder, `${name}.rubric.yaml`), 'utf8')));
}

describe('the ready-made rubrics', () => {
  it('are those that the field knows, and all of them are part of the program', () => {
    expect(names.sort()).toEqual([
      'argument_correctness',
      'groundedness',
      'plan_adherence',
      'policy_adherence',
      'step_efficiency',
      'task_completion',
      'tone',
      'tool_call_correctness',
    ]);
    expect(readyRubricNames().sort()).toEqual(names);
    expect(readyRubric('toString')).toBe(null);
  });

  it.each(names)('%s is sound, named as its file, and says where it comes from', (name) => {
    const rubric = rubricOf(name);
    expect(rubric).toEqual(readyRubric(name));
    expect(rubric.rubric).toBe(name);
    expect(rubric.source).toMatch(/https:\/\/\S+/);
    expect(rubric.scale !== undefined).not.toBe(rubric.answers !== undefined);
    expect(rubric.text.length).toBeGreaterThan(800);
  });

  it.each(names)('%s has known trials of different answers that can be judged', (name) => {
    const rubric = rubricOf(name);
    const judge = { ...formOf(rubric), each: rubric.each ?? null };
    expect(knownProblems(rubric, judge)).toEqual([]);
    const known = knownOfRubric(rubric);
    expect(known.length).toBeGreaterThanOrEqual(4);
    expect(new Set(known.map(({ answer }) => answer)).size).toBeGreaterThanOrEqual(2);
    for (const { trajectory } of known) expect(viewOf(trajectory).fault).toBe(null);
  });

  it.each(names)('%s has a bad trial that tries to talk the judge round', (name) => {
    const bad = knownOfRubric(rubricOf(name)).filter(({ answer }) => [1, 'fail'].includes(answer));
    const swaying = bad.filter(({ trajectory }) =>
      /judge|verdict|evaluat|answer/i.test(JSON.stringify(trajectory.steps)),
    );
    expect(swaying.length).toBeGreaterThan(0);
  });

  it('stand in the page of judges with their scale or answers', () => {
    const page = textOf('docs/judges.md');
    for (const name of names) {
      const { scale, answers } = rubricOf(name);
      const said = scale
        ? `${scale[0]} to ${scale[1]}`
        : Object.keys(answers ?? {})
            .map((one) => `\`${one}\``)
            .join(', ');
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      expect(row).toContain(said);
    }
  });
});
