import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../json/digest.ts';
import type { DeskOptions } from '../panel/open-desk.ts';
import {
  deskSaying,
  greeting,
  POLITE,
  politeSuite,
  runJudged,
  saying,
  taskOf,
} from './judged-run.test-support.ts';

const agentKinds = [greeting(() => undefined)];

/** What the desk of a suite was opened with. */
async function openedWith(more: Partial<Parameters<typeof runJudged>[1]>): Promise<DeskOptions> {
  const seen: DeskOptions[] = [];
  await runJudged([politeSuite([taskOf('greet')])], {
    ...{ agentKinds, ...more },
    deskOf: (_, options) => {
      seen.push(options);
      return deskSaying(async () => saying('pass'));
    },
  });
  const [only] = seen;
  if (!only || seen.length > 1) throw new Error('A suite has one desk');
  return only;
}

describe('openDesks()', () => {
  it('opens the recording alone unless more is wanted, and no connection', async () => {
    const { mode, recording, port, nonce } = await openedWith({});
    expect(mode).toBe('recorded');
    expect(recording).not.toBeNull();
    const request = { model: 'm', messages: [], temperature: 0, seed: 1, schema: {} };
    await expect(port.ask(request, new AbortController().signal)).rejects.toThrow('not live');
    expect([nonce(), nonce()].every((one) => /^[0-9a-f]{32}$/.test(one))).toBe(true);
    expect(nonce()).not.toBe(nonce());
  });

  it('opens nothing at all where judges are off', async () => {
    expect(await openedWith({ judge: 'off' })).toMatchObject({ mode: 'off', recording: null });
  });

  it('lets judges see no secret of the run, and holds them to its ceilings', async () => {
    const { redact, needsCost } = await openedWith({
      secrets: { SHOP_TOKEN: 'tok-1234567' },
      ceilings: { maxCostUsd: 5 },
    });
    expect(redact('It is tok-1234567')).toBe('It is [redacted:SHOP_TOKEN]');
    expect(needsCost).toBe(true);
  });

  it('keeps the digest of a recording that is there', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'agentops-desks-'));
    const at = { root: folder, file: path.join(folder, 'shop.suite.yaml') };
    const suite = politeSuite([taskOf('greet')], at);
    const options = { agentKinds, deskOf: () => deskSaying(async () => saying('pass')) };
    expect((await runJudged([suite], options)).summary?.recordings).toEqual({});
    await writeFile(path.join(folder, 'shop.judges.jsonl'), '');
    expect((await runJudged([suite], options)).summary?.recordings).toEqual({
      'shop.judges.jsonl': sha256Hex(''),
    });
  });

  it('asks the judges that are named as is wanted, and the others from the recording', async () => {
    const expectations = { judge: { polite: {}, other: {} } };
    const judges = { polite: POLITE, other: { ...POLITE, name: 'other' } };
    const suite = politeSuite([taskOf('greet', { expect: expectations })], { judges });
    const { trials } = await runJudged([suite], {
      agentKinds,
      judge: 'off',
      judgeOnly: ['polite'],
    });
    for await (const { verdicts } of trials()) {
      const reasonOf = (name: string) => verdicts.find(({ path: at }) => at.endsWith(name))?.reason;
      expect(reasonOf('polite')).toContain('Not asked (--judge off)');
      expect(reasonOf('other')).not.toContain('--judge off');
    }
  });
});
