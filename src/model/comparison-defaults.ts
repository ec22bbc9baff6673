/** What comparisons go by unless another is given: the loss of pass rate that does not count, and the chance, at most, of a failed gate where nothing changed. */
export const COMPARISON_DEFAULTS = { margin: 0.03, alpha: 0.05 } as const;
