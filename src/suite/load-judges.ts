import { isObject } from '../json/object.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { calibrationOf, judgeRecordingOf } from './judge-files.ts';
import { judgesSchema, type WrittenJudge } from './judge-keys.ts';
import { type JudgeSurroundings, loadJudge } from './load-judge.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { below, isSound, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** LLM judges by name. */
export interface LoadedJudges {
  readonly judges: Readonly<Record<string, JudgeSpec>>;
  /** Warns of judges that no expectation asks, once all of the suite could be read. */
  warnOfUnasked(): void;
}

/** Reads the LLM judges of a suite, inline or from the file that is named, and notes them for checks where they are asked; undefined where they cannot be read. */
export async function loadJudges(
  loading: SuiteLoading,
  { value, at }: Part,
  surroundings: JudgeSurroundings,
): Promise<LoadedJudges | undefined> {
  const part = isFilePath(value) ? await openPart(loading, value, at, judgesSchema) : { value, at };
  if (!part || !isObject(part.value)) return undefined;
  const noted = new Map<string, JudgeSpec | null>();
  const judges: Record<string, JudgeSpec> = Object.create(null);
  for (const [name, written] of Object.entries(part.value)) {
    const place = below(part.at, [name]);
    const judge = isSound(place)
      ? await loadJudge(loading, name, written as WrittenJudge, place, surroundings) // validated
      : null;
    noted.set(name, judge);
    if (judge) judges[name] = judge;
  }
  loading.judges = noted;
  loading.files.set(judgeRecordingOf(loading.file), 'written');
  loading.files.set(calibrationOf(loading.file), 'read');
  return { judges, warnOfUnasked: () => warnOfUnasked(loading, judges, part.at) };
}

function warnOfUnasked(
  { faults, asked, askedWhole }: SuiteLoading,
  judges: LoadedJudges['judges'],
  { source, path }: ValueAt,
): void {
  if (faults.some(({ severity }) => severity === 'error')) return;
  const warn = (name: string, message: string) =>
    faults.push(faultAt(source, [...path, name], message, { severity: 'warning', on: 'key' }));
  for (const [name, { calibration }] of Object.entries(judges)) {
    if (!asked.has(name)) warn(name, `No expectation asks the judge "${name}"`);
    else if (calibration && !askedWhole.has(name)) {
      warn(
        name,
        `"${name}" can never be calibrated, so it decides nothing: it is asked only in turns or under not`,
      );
    }
  }
}
