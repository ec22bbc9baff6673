import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Statuses, statusesOf } from '../../../test/imported-statuses.ts';

/** Published results, where they lie beside the project. */
const data = fileURLToPath(new URL('../../../../shared/data/bfcl/', import.meta.url));
const single = path.join(data, '2024-08-11');
const multi = path.join(data, 'v4-multi-turn-results');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
  await writeFile(path.join(folder, 'package.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Published {
  id: string;
  category?: string;
  valid: boolean;
}

async function publishedIn(file: string): Promise<Published[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

interface Agreement {
  of: number;
  /** Tasks whose status is not the published one, with ours. */
  apart: string[];
}

function compared(name: string, published: readonly Published[], statuses: Statuses): Agreement {
  const apart = published.flatMap(({ id, valid }) => {
    const status = statuses.get(id);
    return status === (valid ? 'pass' : 'fail') ? [] : [`${name} ${id}: ${status}`];
  });
  return { of: published.length, apart };
}

/** Agreement over all categories of a model. */
async function agreementOf(model: string): Promise<Agreement> {
  const published = await publishedIn(path.join(single, 'verdicts', `${model}.jsonl`));
  const total: Agreement = { of: 0, apart: [] };
  for (const name of readdirSync(path.join(single, 'result', model))) {
    const statuses = await statusesOf(folder, path.join(single, 'result', model, name), {
      tasks: path.join(single, 'questions', name),
      rules: path.join(single, 'possible_answer', name),
    });
    const own = published.filter(({ category }) => `${category}.jsonl` === name);
    const { of, apart } = compared(model, own, statuses);
    total.of += of;
    total.apart.push(...apart);
  }
  return total;
}

/** Agreement over the conversations of a model; functions are those of all files of docs. */
async function conversationsOf(model: string): Promise<Agreement> {
  const docs = path.join(data, 'v4', 'multi_turn_func_doc');
  const texts = readdirSync(docs).map((name) => readFile(path.join(docs, name), 'utf8'));
  const tools = path.join(folder, 'functions.jsonl');
  await writeFile(tools, (await Promise.all(texts)).map((text) => `${text.trim()}\n`).join(''));
  const total: Agreement = { of: 0, apart: [] };
  for (const name of readdirSync(path.join(multi, model))) {
    if (name.endsWith('.verdicts.jsonl')) continue;
    const category = path.basename(name, '.jsonl');
    const statuses = await statusesOf(folder, path.join(multi, model, name), {
      tasks: path.join(data, 'v4', 'questions', `BFCL_v4_multi_turn_${name}`),
      rules: path.join(multi, 'possible_answer_at_55e023f4', name),
      tools,
    });
    const verdicts = path.join(multi, model, `${category}.verdicts.jsonl`);
    const { of, apart } = compared(model, await publishedIn(verdicts), statuses);
    total.of += of;
    total.apart.push(...apart);
  }
  return total;
}

function shareOf(all: readonly Agreement[]): { share: number; apart: string[] } {
  const of = all.reduce((sum, one) => sum + one.of, 0);
  const apart = all.flatMap((one) => one.apart);
  return { share: 1 - apart.length / of, apart };
}

async function shareOver(
  models: readonly string[],
  agreement: (model: string) => Promise<Agreement>,
) {
  const all: Agreement[] = [];
  for (const model of models) all.push(await agreement(model));
  return shareOf(all);
}

describe.skipIf(!existsSync(single))(
  'a suite made of published BFCL results',
  { timeout: 120_000 },
  () => {
    const models = existsSync(single) ? readdirSync(path.join(single, 'result')) : [];

    it('agrees with the verdicts on models that call functions', async () => {
      const calling = models.filter((model) => model.endsWith('-FC'));
      const { share, apart } = await shareOver(calling, agreementOf);
      expect(share, apart.join('\n')).toBeGreaterThanOrEqual(0.9975);
    });

    it('agrees with the verdicts on models that write calls in Python', async () => {
      const writing = models.filter((model) => !model.endsWith('-FC'));
      const { share, apart } = await shareOver(writing, agreementOf);
      expect(share, apart.join('\n')).toBeGreaterThanOrEqual(0.9975);
    });

    it('agrees with most verdicts on conversations, which only executing them tells', async () => {
      const all = readdirSync(multi).filter((name) => !name.startsWith('possible_answer'));
      const { share, apart } = await shareOver(all, conversationsOf);
      expect(share, apart.join('\n')).toBeGreaterThanOrEqual(0.85);
    });
  },
);
