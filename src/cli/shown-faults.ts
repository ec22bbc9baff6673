import type { Fault } from '../model/suite.ts';

/** The most faults of one file that are shown. */
const MOST = 100;

/** Faults of one file: those that are shown, in their order, and how many are not. */
export interface ShownFaults {
  file: string;
  shown: Fault[];
  left: number;
}

/** Groups faults by file and leaves out what nobody would read to the end, warnings before errors. */
export function shownFaults(faults: readonly Fault[]): ShownFaults[] {
  const groups = new Map<string, Fault[]>();
  for (const fault of faults) {
    const group = groups.get(fault.file);
    if (group) group.push(fault);
    else groups.set(fault.file, [fault]);
  }
  return [...groups].map(([file, all]) => {
    if (all.length <= MOST) return { file, shown: all, left: 0 };
    const errors = all.filter(({ severity }) => severity === 'error');
    const warnings = all.filter(({ severity }) => severity !== 'error');
    const chosen = new Set([...errors, ...warnings].slice(0, MOST));
    return { file, shown: all.filter((fault) => chosen.has(fault)), left: all.length - MOST };
  });
}
