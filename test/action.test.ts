import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './built-cli.ts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const texts = {
  action: read('action.yml'),
  github: read('action/templates/github.yml'),
  comment: read('action/templates/github-comment.yml'),
};
const action = parse(texts.action);
const steps: Record<string, string>[] = action.runs.steps;
const templates = [parse(texts.github), parse(texts.comment)];

describe('action.yml', () => {
  it('writes no input into a script', () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).not.toContain('${{');
    for (const { run, shell } of steps) expect(shell).toBe(run === undefined ? undefined : 'bash');
  });

  it('reads every input that it has, and no other', () => {
    const read = [...texts.action.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('installs the version of this package', () => {
    expect(action.inputs.version.default).toBe(JSON.parse(read('package.json')).version);
  });

  it.each(Object.entries(texts))('takes other actions by their commit in %s', (_, text) => {
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, name = '']) => name);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) {
      if (name !== './.github/actions/agentops')
        expect(name).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    }
  });
});

describe('the workflows that init writes', () => {
  it('give inputs that the action has', () => {
    const given = templates.flatMap(({ jobs }) =>
      Object.values<{ steps: { uses?: string; with?: object }[] }>(jobs).flatMap((job) =>
        job.steps.flatMap(({ uses, with: inputs = {} }) =>
          uses?.endsWith('/agentops') ? Object.keys(inputs) : [],
        ),
      ),
    );
    expect(given).toEqual(expect.arrayContaining(['comment', 'command', 'reports']));
    for (const name of given) expect(Object.keys(action.inputs)).toContain(name);
  });

  it('run code of a pull request with a token that can only read, and without secrets', () => {
    const [evaluate] = templates;
    expect(Object.keys(evaluate.on)).toEqual(['push', 'pull_request']);
    expect(evaluate.permissions).toEqual({ contents: 'read' });
    expect(evaluate.jobs.eval.permissions).toBeUndefined();
    expect(texts.github).not.toContain('secrets.');
  });

  it('write comments from where no code of the pull request runs', () => {
    const [, comment] = templates;
    expect(Object.keys(comment.on)).toEqual(['workflow_run']);
    expect(comment.permissions).toEqual({});
    const [checkout] = comment.jobs.comment.steps;
    expect(checkout.with).toEqual({ 'persist-credentials': false }); // no ref: the default branch
    expect(comment.jobs.comment.steps.some((step: object) => 'run' in step)).toBe(false);
  });

  it('wait for the workflow of that name and the artifact of that name', () => {
    const [evaluate, comment] = templates;
    expect(comment.on.workflow_run.workflows).toEqual([evaluate.name]);
    expect(comment.jobs.comment.steps[1].with.name).toBe(action.inputs.artifact.default);
  });
});
