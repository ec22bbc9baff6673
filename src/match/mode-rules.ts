/** Modes that line calls up with a list of elements. */
export type ListMode = 'exact' | 'in_order' | 'any_order' | 'unordered' | 'subset';

/** What each mode asks. */
export interface ModeRule {
  readonly ordered: boolean;
  /** Elements must be met as often as they say. */
  readonly needsAll: boolean;
  /** Calls that meet no element are refused. */
  readonly refusesOthers: boolean;
}

/** The modes by name. */
export const modeRules = {
  exact: { ordered: true, needsAll: true, refusesOthers: true },
  in_order: { ordered: true, needsAll: true, refusesOthers: false },
  any_order: { ordered: false, needsAll: true, refusesOthers: false },
  unordered: { ordered: false, needsAll: true, refusesOthers: true },
  subset: { ordered: false, needsAll: false, refusesOthers: true },
} as const satisfies Record<ListMode, ModeRule>;
