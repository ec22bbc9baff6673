import type { ModelsConfig } from '../model/config.ts';
import type { JudgePort } from './judge-port.ts';
import type { Patience } from './patience.ts';
import type { Prices } from './prices.ts';

/** What the port is opened with. */
export interface JudgePortOptions extends Patience {
  readonly endpoints: ModelsConfig | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly prices: Prices;
}

/** Opens the port to the models of judges. */
export function openJudgePort(_options: JudgePortOptions): JudgePort {
  return { ask: () => Promise.reject(new Error('There is no port')) };
}
