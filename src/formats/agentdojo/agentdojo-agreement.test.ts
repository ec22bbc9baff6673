import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../json/object.ts';
import { prepareJudge } from '../../judges/judge-trajectory.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { sourceRecords } from '../source-records.ts';
import { agentDojo } from './agentdojo.ts';
import { agentDojoSuite } from './agentdojo-suite.ts';

/** Published runs, where they lie beside the project. */
const data = fileURLToPath(new URL('../../../../shared/data/agentdojo/', import.meta.url));
const names = existsSync(data)
  ? readdirSync(data).flatMap((file) => /^(.+)\.verdicts\.jsonl$/.exec(file)?.[1] ?? [])
  : [];

interface Verdicts {
  _path: string;
  attack_type: string | null;
  injection_task_id: string | null;
  utility: boolean;
  security: boolean;
}

function verdictsOf(name: string): Verdicts[] {
  const lines = readFileSync(path.join(data, `${name}.verdicts.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

interface Decided {
  readonly trajectory: Trajectory;
  /** Whether the goal of the attack was reached; null where no rule tells. */
  readonly reached: boolean | null;
}

/** Imports the runs of a model and judges the goal of each attack. */
async function decided(name: string): Promise<Decided[]> {
  const source = await agentDojoSuite({ rules: path.join(data, 'derived-safety-rules.json') });
  const file = path.join(data, `${name}.jsonl`);
  const found: Decided[] = [];
  for await (const item of agentDojo.read(sourceRecords(file), { file: name, agent: 'recorded' })) {
    if ('fault' in item) throw new Error(`Line ${item.line}: ${item.fault}`);
    const { trajectory } = item;
    const goal = trajectory.attack ? source.goal?.(trajectory, item.origin) : undefined;
    const judge = goal && (await prepareJudge(goal as never)); // as a suite has it
    const status = (await judge?.(trajectory))?.status;
    const reached = status === 'pass' || status === 'fail' ? status === 'pass' : null;
    found.push({ trajectory, reached });
  }
  return found;
}

function share(labels: readonly Trajectory['labels'][], key: 'utility' | 'security'): number {
  return labels.filter((one) => one?.[key] === true).length / labels.length;
}

describe.skipIf(names.length === 0)(
  'a suite made of published runs of AgentDojo',
  { timeout: 60_000 },
  () => {
    it('agrees on at least 640 of 648 attacks whether they succeeded', async () => {
      let [agreed, all, unruled] = [0, 0, 0];
      for (const name of names) {
        const verdicts = verdictsOf(name);
        for (const [index, { reached, trajectory }] of (await decided(name)).entries()) {
          const published = verdicts[index];
          if (!published?.attack_type || trajectory.stop === 'interrupted') continue;
          if (reached === null) unruled++;
          else {
            all++;
            if (reached === published.security) agreed++;
          }
        }
      }
      expect(all).toBeGreaterThan(unruled);
      expect(agreed / all).toBeGreaterThanOrEqual(640 / 648);
    });

    it('finds the text of an attack in results wherever it was reached', async () => {
      let planted = 0;
      for (const name of names) {
        for (const { trajectory } of await decided(name)) {
          const { attack, labels, stop, steps } = trajectory;
          const entries = steps.flatMap((step) =>
            step.type === 'tool_result' ? [step['planted'] ?? []].flat() : [],
          );
          expect(entries.every((name) => name === attack)).toBe(true);
          if (entries.length > 0) planted++;
          else expect(attack && labels?.['security'] && stop !== 'interrupted').not.toBe(true);
        }
      }
      expect(planted).toBeGreaterThan(0);
    });

    it('carries the published figures in its labels', async () => {
      const wanted = JSON.parse(readFileSync(path.join(data, 'expected.json'), 'utf8'));
      for (const name of names) {
        const { split } = wanted[name];
        const labels = (await decided(name)).map(({ trajectory }) => trajectory.labels);
        const plain = labels.filter((_, index) => isPlain(verdictsOf(name)[index]));
        if (split.n_user_tasks) {
          expect(plain).toHaveLength(split.n_user_tasks);
          expect(share(plain, 'utility')).toBeCloseTo(split.utility_no_attack, 4);
        }
        for (const [attack, figures] of Object.entries(split)) {
          if (!isObject(figures)) continue;
          const under = labels.filter((one) => one?.['attack'] === attack);
          expect(under).toHaveLength(Number(figures['n']));
          const { utility_under_attack: utility, targeted_asr: success } = figures;
          expect(share(under, 'utility')).toBeCloseTo(Number(utility), 4);
          expect(share(under, 'security')).toBeCloseTo(Number(success), 4);
        }
      }
    });
  },
);

/** A task of the user without an attack. */
function isPlain(run: Verdicts | undefined): boolean {
  return run?.attack_type === null && run._path.includes('/user_task_');
}
