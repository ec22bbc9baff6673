import { liveCommand } from './live-command.mjs';
import { liveCrowd } from './live-crowd.mjs';
import { liveGateway } from './live-gateway.mjs';
import { liveModule } from './live-module.mjs';

/**
 * Agents that run: what our side adds to what they take.
 * @type {import('./bench.mjs').Group}
 */
export async function live(bench) {
  const rows = [];
  for (const part of [liveModule, liveCommand, liveCrowd, liveGateway])
    rows.push(...(await part(bench)));
  return rows;
}
