import { readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import { Ajv } from 'ajv';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { JsonReport } from '../model/report.ts';
import { csv } from './csv.ts';
import { ctrf } from './ctrf.ts';
import { github } from './github.ts';
import { hostileRun } from './hostile-run.test-support.ts';
import { HOSTILE_STRINGS } from './hostile-strings.test-support.ts';
import { htmlPage } from './html/html.ts';
import { pageAssets } from './html/page-assets.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { commentSize } from './markdown-budget.ts';
import { REFERENCES, readMarkdown } from './read-markdown.test-support.ts';
import { reporters } from './registry.ts';
import type { Report, ReportedRun } from './reporter.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';
import { terminal } from './terminal.ts';

const LOOK = { colour: false, width: null, ascii: false };
/** What steers a terminal, turns the direction of text, or hides in it; line feeds aside. */
const UNSEEN = /(?!\uFE0F|\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const CI_COMMAND = /^\s*::|##(\[|vso\[|teamcity\[)/im;
const OWN_HTML = /^(<!-- agentops -->|<details>|<\/details>|<summary>[A-Za-z0-9 ,:-]+<\/summary>)$/;
/** The beginning of everything in a page that a parser takes for more than text. */
const OWN_TAG =
  /^<(!doctype html>|meta (charset|http-equiv|name)=|script( type="application\/json" id="[a-z]+(-\d+)?")?>|div id="app">|\/?(html|head|title|style|body|noscript|h1|p|ul|li|strong|div|script)[ >])/;
const ELEMENTS = new Set(
  'testsuites testsuite properties property testcase failure error skipped system-out'.split(' '),
);

async function textOf(report: Report, run: ReportedRun): Promise<string> {
  let text = '';
  for await (const piece of report(run, LOOK)) text += piece;
  return text;
}

function expectInert(text: string): void {
  expect(text).not.toMatch(UNSEEN);
  expect(text).not.toMatch(CI_COMMAND);
}

function expectInertMarkdown(text: string): void {
  expectInert(text);
  const read = readMarkdown(text);
  for (const kind of ['link', 'image', 'blockquote', 'hr', 'def', 'checkbox', 'del', 'em']) {
    expect([...read.kinds]).not.toContain(kind);
  }
  for (const line of read.html) expect(line).toMatch(OWN_HTML);
  expect([...new Set(read.languages)].filter((one) => !['text', 'mermaid'].includes(one))).toEqual(
    [],
  );
  for (const heading of read.headings) {
    expect(heading).toMatch(/^(. Gate \w+|[A-Z][a-z -]+(: [a-z ]+)?)$/u);
  }
  for (const one of read.texts) for (const pattern of REFERENCES) expect(one).not.toMatch(pattern);
  for (const table of read.widths) expect(new Set(table).size).toBe(1);
  expect(text.split('<!--')).toHaveLength(2);
  expect(text.startsWith('<!-- agentops -->\n## ')).toBe(true);
  expect(commentSize(text)).toBeLessThanOrEqual(65_536);
  expect(text.length).toBeLessThanOrEqual(65_536);
}

/** The commands that a runner of GitHub finds in a text, read as it does: the first two colons after the opening end the properties. */
function commandsIn(text: string) {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const command = line.trimStart();
    const end = command.indexOf('::', 2);
    if (!command.startsWith('::') || end === -1) return [];
    const [name = '', ...words] = command.slice(2, end).split(' ');
    const properties = words.join(' ');
    const keys = properties.split(',').map((one) => one.split('=')[0] ?? '');
    return [{ name, keys, properties, message: command.slice(end + 2) }];
  });
}

/** The outputs that a runner of GitHub reads. */
function outputsIn(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name = '', end = ''] = /^(\w+)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === '') continue;
    const stop = lines.indexOf(end, at + 1);
    found.set(name, lines.slice(at + 1, stop).join('\n'));
    at = stop;
  }
  return found;
}

const validCtrf = new Ajv({
  strict: false,
  formats: { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
}).compile(
  JSON.parse(readFileSync(new URL('./ctrf.schema.test-support.json', import.meta.url), 'utf8')),
);

const checks: Readonly<Record<string, (run: ReportedRun) => Promise<void>>> = {
  terminal: async (run) => expectInert(await textOf(terminal.report, run)),
  json: async (run) => {
    const text = await textOf(json.report, run);
    expectInert(text);
    const report = JsonReport.parse(JSON.parse(text));
    expect(report.run.id).toBe(run.id);
    expect(report.tasks.map(({ task }) => task)).toEqual(run.plan.rows.map(({ task }) => task));
    expect(report.comparison?.gate.reasons).toEqual(run.comparison?.gate.reasons);
  },
  junit: async (run) => {
    const text = await textOf(junit.report, run);
    expectInert(text.replace(/[\t\u2028\u2029]/g, ''));
    const onError = (level: string, message: string) => {
      throw new Error(`${level}: ${message}`);
    };
    const root = new DOMParser({ onError }).parseFromString(text, 'text/xml').documentElement;
    for (const element of root?.getElementsByTagName('*') ?? []) {
      expect(ELEMENTS.has(element.tagName)).toBe(true);
    }
    expect(root?.getElementsByTagName('testcase')).toHaveLength(run.plan.rows.length);
  },
  markdown: async (run) => expectInertMarkdown(await textOf(markdown.report, run)),
  html: async (run) => {
    const assets = async () => pageAssets('run()', 'p{}');
    const text = await textOf((read) => htmlPage(read, assets), run);
    expect([...new Set(text.match(/<[^<]{0,40}/g))].filter((tag) => !OWN_TAG.test(tag))).toEqual(
      [],
    );
    expect(text.match(/<script>/g)).toHaveLength(1);
    const blocks = [...text.matchAll(/id="([a-z]+)(?:-\d+)?">([^<]*)<\/script>/g)];
    const data = new Map(blocks.map(([, name = '', json = '']) => [name, JSON.parse(json)]));
    expect(data.get('report').run.facts.id).toBe(run.id);
    expect(data.get('rows')).toHaveLength(run.plan.rows.length);
    expect(text.split('</script>')).toHaveLength(blocks.length + 2);
  },
  github: async (run) => {
    const text = await textOf(github.report, run);
    expect(text).not.toMatch(UNSEEN);
    expect(text).not.toMatch(/##(\[|vso\[|teamcity\[)/i);
    const commands = commandsIn(text);
    const lines = text.split('\n').filter((line) => line !== '');
    expect(commands.length).toBe(lines.filter((line) => !line.startsWith('GitHub keeps')).length);
    for (const { name, keys, properties } of commands) {
      expect(['error', 'warning', 'notice']).toContain(name);
      expect(['file,line,title', 'title']).toContain(keys.join());
      expect(properties).not.toContain(':');
    }
    const [summary, outputs] = github.appends ?? [];
    if (!summary || !outputs) throw new Error('Nothing is appended');
    expectInertMarkdown(await textOf(summary.report, run));
    const found = outputsIn(await textOf(outputs.report, run));
    expect([...found.keys()].join()).toBe(
      'gate,pass_rate,score,passed,failed,errored,cost_usd,run_id,comparison',
    );
    expect(found.get('gate')).toBe(run.summary?.gate.status);
    expect(found.get('run_id')).toBe(run.id);
  },
  csv: async (run) => {
    const text = await textOf(csv.report, run);
    expect(text.replaceAll('\r\n', '\n')).not.toMatch(UNSEEN);
    expect(text).not.toMatch(CI_COMMAND);
    const records: string[][] = parseCsv(text, { record_delimiter: '\r\n' });
    expect(new Set(records.map(({ length }) => length)).size).toBe(1);
    expect(text.split('\r\n').length - 1).toBe(records.length);
    for (const cell of records.flat()) {
      expect(cell).not.toMatch(/^[\s\u00a0"]*[=+@\uFF1D\uFF0B\uFF0D\uFF20]|^[\s\u00a0"]*-\D/u);
    }
  },
  ctrf: async (run) => {
    const text = await textOf(ctrf.report, run);
    expectInert(text);
    const found = JSON.parse(text);
    expect(validCtrf(found), JSON.stringify(validCtrf.errors?.slice(0, 3))).toBe(true);
    expect(found.results.tests).toHaveLength(found.results.summary.tests);
  },
};

describe('every reporter', () => {
  it('is attacked here', () => {
    for (const { key } of reporters) expect(Object.keys(checks)).toContain(key);
  });

  it('is read by eyes that see links, pictures, HTML and references', () => {
    const seen = (name: string) => [...readMarkdown(HOSTILE_STRINGS[name] ?? '').kinds];
    expect(seen('links')).toContain('link');
    expect(seen('bare addresses')).toContain('link');
    expect(seen('pictures')).toContain('image');
    expect(seen('HTML')).toContain('html');
    expect(seen('the end of a fold')).toContain('html');
    for (const name of ['mentions', 'issues', 'commits', 'bare addresses', 'pictures']) {
      const text = HOSTILE_STRINGS[name] ?? '';
      expect(REFERENCES.some((pattern) => pattern.test(text))).toBe(true);
    }
    expect(commandsIn(HOSTILE_STRINGS['a command of GitHub'] ?? '')).toHaveLength(2);
  });

  const cases = Object.keys(checks).flatMap((reporter) =>
    Object.keys(HOSTILE_STRINGS).map((name) => [reporter, name] as const),
  );
  it.each(cases)('%s() stays whole and inert with %s in every text', async (reporter, name) => {
    await checks[reporter]?.(await hostileRun(HOSTILE_STRINGS[name] ?? ''));
  });

  it.each(Object.keys(checks))(
    '%s() bears all of them at once, and a time that is none',
    async (reporter) => {
      const all = Object.values(HOSTILE_STRINGS).filter(({ length }) => length < 200);
      await checks[reporter]?.(await hostileRun(all.join('\n'), 'yesterday'));
    },
  );

  it.each(Object.keys(checks))('%s() bears names of a million characters', async (reporter) => {
    const long = 'x@'.repeat(500_000);
    const verdict = sampleVerdict({ path: long, reason: long });
    const rows = [
      {
        suite: long,
        task: long,
        agent: long,
        attack: long,
        trials: [{ status: 'fail' as const, reason: long, verdicts: [verdict] }],
      },
    ];
    await checks[reporter]?.(sampleRun(rows, { warnings: [long] }));
  });
});
