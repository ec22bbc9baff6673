import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { json as diffJson } from '../../report/diff/json.ts';
import { sampleDiff } from '../../report/diff/sample-diff.test-support.ts';
import { json } from '../../report/json.ts';
import { sampleRun, sampleVerdict } from '../../report/sample-run.test-support.ts';
import { schemaText } from '../schema-text.ts';

async function validator(name: Parameters<typeof schemaText>[0]) {
  const schema = JSON.parse(await schemaText(name));
  return new Ajv2020({ strict: false }).compile(schema);
}

describe('schemaText()', () => {
  it('gives the schema of trajectories, which holds for those of a fixture and not for a misspelt step', async () => {
    const validate = await validator('trajectory');
    const file = new URL('../../../fixtures/shop/v1.trajectories.jsonl', import.meta.url);
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    expect(validate(JSON.parse(line))).toBe(true);
    expect(validate(JSON.parse(line.replace('tool_call', 'toolcall')))).toBe(false);
  });

  it('gives the schema of JSON reports, which holds for a report and not without its gate', async () => {
    const validate = await validator('report');
    const run = sampleRun([{ trials: [{ status: 'fail', verdicts: [sampleVerdict()] }] }]);
    let text = '';
    const look = { colour: false, width: null, ascii: false };
    for await (const piece of json.report(run, look)) text += piece;
    const report = JSON.parse(text);
    expect(validate(report)).toBe(true);
    expect(validate({ ...report, gate: undefined })).toBe(false);
  });

  it('gives the schema of comparisons, which holds for one and not without its gate', async () => {
    const validate = await validator('diff');
    let text = '';
    const look = { colour: false, width: null, ascii: false };
    for await (const piece of diffJson.report(sampleDiff(), look)) text += piece;
    const report = JSON.parse(text);
    expect(validate(report)).toBe(true);
    expect(validate({ ...report, gate: undefined })).toBe(false);
  });

  it('gives the schema of baselines, which does not hold for a report without its origin', async () => {
    const schema = JSON.parse(await schemaText('baseline'));
    expect(schema.required).toEqual(expect.arrayContaining(['baseline', 'tasks', 'trials']));
  });

  it('gives the schema of run.json, which holds for the summary of a run', async () => {
    const validate = await validator('run');
    expect(validate(sampleRun([{ trials: [{}] }]).summary)).toBe(true);
  });

  it.each(['suite', 'tools', 'config'] as const)(
    'gives the schema of %s files for editors',
    async (name) => {
      const schema = JSON.parse(await schemaText(name));
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(schema.title).toMatch(/agentops/);
    },
  );
});
