import type { Label } from '../model/label.ts';
import type { Fault } from '../model/suite.ts';

type Said = 'suite' | 'task' | 'attack' | 'trial' | 'judge' | 'step' | 'label' | 'by' | 'at';

/** What a label says and where it stands; one of a table may name no agent. */
export interface PlacedLabel extends Readonly<Pick<Label, Said | 'note' | 'trajectory'>> {
  readonly agent: string | null;
  readonly file: string;
  readonly line: number;
}

/** Labels of files, what is wrong with the lines that are none, and what is odd, in sentences. */
export interface ReadLabels {
  readonly labels: readonly PlacedLabel[];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
}
