import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../src/cli/program.ts';
import { suiteKinds } from '../src/cli/registries.ts';
import { formats } from '../src/formats/registry.ts';
import { trajectoryFault } from '../src/formats/trajectory-fault.ts';
import { operatorNames } from '../src/match/compile.ts';
import { reporters } from '../src/report/registry.ts';
import { formOf } from '../src/suite/judge-form.ts';
import { loadConfig } from '../src/suite/load-config.ts';
import { knownProblems } from '../src/suite/load-known.ts';
import { loadSuites } from '../src/suite/load-suites.ts';
import { rubricSchema } from '../src/suite/rubric-schema.ts';
import { root } from './built-cli.ts';
import { configOfBlock } from './config-of-block.ts';
import { blocksOf, linksOf, pages, textOf } from './markdown.ts';
import { withPictures } from './readme-picture.ts';
import { suiteOfBlock } from './suite-of-block.ts';
import { copyOfProject, remove } from './temporary-project.ts';

let folder = '';

beforeAll(() => {
  folder = copyOfProject();
});
afterAll(() => remove(folder));

const yaml = pages.flatMap((page) => blocksOf(page, 'yaml'));
const settings = yaml.filter(({ text }) => configOfBlock(text) !== null);
const rubrics = yaml.filter(({ text }) => text.startsWith('rubric:'));
const workflows = yaml.filter(({ text }) => parse(text)?.jobs !== undefined);
const suites = yaml.filter(
  (block) =>
    configOfBlock(block.text) === null && !rubrics.includes(block) && !workflows.includes(block),
);
const json = pages.flatMap((page) => blocksOf(page, 'json'));

describe('the pages', () => {
  it.each(suites)('show YAML that loads without a fault at $at', async ({ at, text }) => {
    const file = path.join(folder, `suites/${at.replace(/\W+/g, '-')}.suite.yaml`);
    writeFileSync(file, suiteOfBlock(text));
    const loaded = await loadSuites([file], suiteKinds);
    const { faults } = loaded;
    expect(faults.map(({ path: key, message }) => `${key}: ${message}`)).toEqual([]);
    expect(loaded.suites).toHaveLength(1);
  });

  it.each(workflows)('show a workflow that fits the action and cannot write at $at', ({ text }) => {
    const { on, permissions, jobs } = parse(text);
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(permissions).toEqual({ contents: 'read' });
    const inputs = Object.keys(parse(textOf('action.yml')).inputs);
    const [, { uses, with: given }] = jobs.eval.steps;
    expect(uses).toBe('./.github/actions/agentops');
    expect(inputs).toEqual(expect.arrayContaining(Object.keys(given)));
    if (Object.keys(on).includes('pull_request')) expect(text).not.toContain('secrets.');
  });

  it('show a whole suite of attacks that runs without a key', async () => {
    const page = suites.find(({ at }) => at.startsWith('docs/attacks.md'));
    const file = path.join(folder, 'suites/attacked.suite.yaml');
    writeFileSync(file, page?.text ?? '');
    const [loaded] = (await loadSuites([file], suiteKinds)).suites;
    expect(loaded?.agents.map(({ script }) => script !== undefined)).toEqual([true]);
  });

  it.each(settings)('show settings that load without a fault at $at', async ({ text }) => {
    const project = copyOfProject();
    writeFileSync(path.join(project, 'agentops.config.yaml'), configOfBlock(text) ?? '');
    cpSync(path.join(root, 'prices.yaml'), path.join(project, 'prices.yaml'));
    const names = reporters.map(({ key }) => key);
    const { config, faults } = await loadConfig(project, { reporters: names });
    remove(project);
    expect(faults.map(({ path: key, message }) => `${key}: ${message}`)).toEqual([]);
    expect(config).not.toBe(null);
  });

  it.each(rubrics)('show rubrics that are sound at $at', ({ text }) => {
    const rubric = rubricSchema.parse(parse(text));
    expect(knownProblems(rubric, { ...formOf(rubric), each: rubric.each ?? null })).toEqual([]);
  });

  it.each(json)('show records that are sound at $at', ({ text }) => {
    expect(trajectoryFault(JSON.parse(text))).toBe(null);
  });

  it.each(pages)('link to what is there: %s', (page) => {
    const absent = linksOf(page).filter((target) => {
      const file = path.resolve(root, path.dirname(page), target.replace(/#.*/, ''));
      const anchor = /#(.+)/.exec(target)?.[1];
      if (!existsSync(file)) return true;
      const headings = readFileSync(target.startsWith('#') ? path.join(root, page) : file, 'utf8');
      return anchor !== undefined && !anchorsIn(headings).includes(anchor);
    });
    expect(absent).toEqual([]);
  });

  it('give each page of docs/ a link in README.md', () => {
    const linked = linksOf('README.md');
    expect(pages.filter((page) => page.startsWith('docs/') && !linked.includes(page))).toEqual([]);
  });
});

function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** Names that a page does not hold in code marks. */
function unnamed(page: string, names: readonly string[]): string[] {
  const code = [...textOf(page).matchAll(/`([^`\n]+)`/g)].map(([, marked = '']) => marked);
  const words = new Set(code.flatMap((marked) => marked.split(/[\s,:[\]<>{}()|]+/)));
  return names.filter((name) => !words.has(name));
}

describe('the pages name', () => {
  it.each([
    ['eval', 'docs/commands.md'],
    ['import', 'docs/import.md'],
  ])('every command, and every option of %s', async (name, page) => {
    const { commands } = (await createProgram([])).program;
    expect(
      unnamed(
        'docs/commands.md',
        commands.map((one) => one.name()),
      ),
    ).toEqual([]);
    const options = commands.find((command) => command.name() === name)?.options ?? [];
    expect(options.length).toBeGreaterThan(0);
    expect(
      unnamed(
        page,
        options.map(({ long }) => String(long)),
      ),
    ).toEqual([]);
  });

  it('every reporter', () => {
    expect(
      unnamed(
        'docs/commands.md',
        reporters.map(({ key }) => key),
      ),
    ).toEqual([]);
  });

  it('every format that is imported', () => {
    expect(
      unnamed(
        'docs/import.md',
        formats.map(({ key }) => key),
      ),
    ).toEqual([]);
  });

  it('every operator', () => {
    expect(unnamed('docs/matchers.md', operatorNames)).toEqual([]);
  });

  it('every expectation', () => {
    const keys = suiteKinds.judges.map(({ key }) => key);
    expect(unnamed('docs/expectations.md', [...keys.filter((key) => key !== 'calls')])).toEqual([]);
  });

  it('every runtime dependency, and no other', () => {
    const { dependencies } = JSON.parse(textOf('package.json'));
    const rows = [...textOf('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(dependencies).sort());
  });
});

describe('the example of docs/api.md', () => {
  it('is test/library.test.ts, which runs', () => {
    const [block] = blocksOf('docs/api.md', 'ts');
    expect(block?.text.replace("'agentops-eval'", "'../src/index.ts'")).toBe(
      textOf('test/library.test.ts'),
    );
  });
});

describe('README.md', () => {
  it('shows a failing run and a comparison as they are printed', () => {
    const text = textOf('README.md');
    expect(text).toMatch(/^\$ agentops eval [\s\S]*^\$ agentops diff /m);
    expect(text).toBe(withPictures(text));
  });

  it('names scripts that are there', () => {
    const { scripts } = JSON.parse(textOf('package.json'));
    const named = [...textOf('README.md').matchAll(/npm run ([\w:]+)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named).toContain('qa');
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('AGENTS.md', () => {
  it('is short', () => {
    expect(textOf('AGENTS.md').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  it('names scripts and folders that are there', () => {
    const text = textOf('AGENTS.md');
    const { scripts } = JSON.parse(textOf('package.json'));
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const files = [...text.matchAll(/`((?:src|docs|test|suites|fixtures|scripts)\/[\w./-]*)`/g)];
    expect(
      files.map(([, name]) => name ?? '').filter((name) => !existsSync(path.join(root, name))),
    ).toEqual([]);
  });
});

describe('the schema that suites name for editors', () => {
  const suites = ['suites', 'fixtures/broken'].flatMap((name) =>
    readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.suite.yaml'))
      .map((file) => path.join(name, file)),
  );

  it.each(suites)('is there for %s', (file) => {
    const named = /^# yaml-language-server: \$schema=(\S+)$/m.exec(textOf(file))?.[1] ?? '';
    expect(path.resolve(root, path.dirname(file), named)).toBe(
      path.join(root, 'schema/suite.schema.json'),
    );
    expect(existsSync(path.join(root, 'schema/suite.schema.json'))).toBe(true);
  });

  it('has another beside it, which is what "agentops schema config" prints', async () => {
    const { configJsonSchema } = await import('../src/suite/config-json-schema.ts');
    expect(JSON.parse(textOf('schema/config.schema.json'))).toEqual(configJsonSchema());
  });

  it('is what "agentops schema suite" prints', async () => {
    const { suiteJsonSchema } = await import('../src/suite/suite-json-schema.ts');
    expect(JSON.parse(textOf('schema/suite.schema.json'))).toEqual(suiteJsonSchema(suiteKinds));
  });
});
