import path from 'node:path';
import type { Config } from '../model/config.ts';
import { reporters } from '../report/registry.ts';
import { loadConfig } from '../suite/load-config.ts';
import type { EvalOptions } from './eval-options.ts';
import { faultsText } from './messages.ts';
import type { Stream } from './streams.ts';
import { workingRoot } from './working-root.ts';

/** Settings of a project, with those of `eval` under the names of its options. */
export interface Settings extends Omit<Config, 'eval'> {
  readonly eval: EvalOptions;
  /** Absolute path of the file, null where there is none. */
  readonly file: string | null;
}

/** Loads the settings of the project around the working folder; prints their faults and gives null where one keeps them from being used. */
export async function loadSettings(stderr: Stream): Promise<Settings | null> {
  const root = await workingRoot();
  const names = reporters.map(({ key }) => key);
  const { config, file, faults } = await loadConfig(root, { reporters: names });
  if (faults.length > 0) {
    const nameOf = (named: string) => path.relative(process.cwd(), named) || named;
    await stderr.output.write(await faultsText(faults, stderr.look, nameOf));
  }
  return config && { ...config, file, eval: optionsOf(config.eval) };
}

function optionsOf({
  max_cost_usd: maxCost,
  max_seconds: maxSeconds,
  reporter,
  bail,
  ...same
}: Config['eval']): EvalOptions {
  return {
    ...same,
    ...(bail === true && { bail }),
    ...(reporter && { reporter: [...reporter] }),
    ...(maxCost !== undefined && { maxCost }),
    ...(maxSeconds !== undefined && { maxSeconds }),
  };
}
