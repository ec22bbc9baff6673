import type { FormatKey, KeyPlace } from './kinds.ts';

/** A key that the format has and nothing serves yet: accepted by the schema, refused by name before a run. */
export interface UnbuiltKey extends Omit<FormatKey, 'place'> {
  readonly place: KeyPlace | 'kind';
  /** Part of agentops that will serve it. */
  readonly owner: 'safety' | 'versions';
}
