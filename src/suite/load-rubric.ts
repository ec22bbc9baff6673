import { nearestName } from '../match/nearest-name.ts';
import type { KnownTrial, Rubric } from '../model/llm-judge.ts';
import { formOf } from './judge-form.ts';
import { knownOfRubric, knownProblems } from './load-known.ts';
import { loadText } from './load-text.ts';
import { openPart, type SuiteLoading } from './part-loading.ts';
import { readyRubric, readyRubricNames } from './ready-rubrics.ts';
import { rubricSchema, type WrittenRubric } from './rubric-schema.ts';
import { isSound, type ValueAt } from './schema-faults.ts';
import { someOf, suggestion } from './schema-message.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** What a judge goes by, with what the rubric says of judges that say nothing else. */
export interface LoadedRubric {
  readonly rubric: Rubric;
  readonly defaults: Pick<WrittenRubric, 'scale' | 'answers' | 'sees' | 'each'>;
  readonly known: readonly KnownTrial[];
}

/** A single word is the name of a ready-made rubric: no rubric is as short as that. */
const NAME = /^[a-z][\w-]*$/i;
/** Neither is it a path without its beginning, such as `rubrics/kind.md`, which would be judged by as it stands. */
const BARE_PATH = /^[!-~]*(?:\/|\.(?:md|txt|ya?ml)$)[!-~]*$/;

/** Reads the rubric of a judge: a text, the file that it names or a ready-made one; null where that cannot be used. */
export async function loadRubric(
  loading: SuiteLoading,
  written: string,
  at: ValueAt,
): Promise<LoadedRubric | null> {
  if (/\.ya?ml$/.test(written) && isFilePath(written)) return fromFile(loading, written, at);
  const tell = (message: string) => {
    loading.faults.push(faultAt(at.source, at.path, message));
    return null;
  };
  if (written.trim() === '') return tell('Expected a text that says something');
  if (BARE_PATH.test(written) && !isFilePath(written)) {
    return tell(`${JSON.stringify(written)} is no text; a file begins with ./ or ../`);
  }
  if (!NAME.test(written)) {
    const text = await loadText(loading, written, at);
    if (text === null) return null;
    return { rubric: { text, name: null, version: null, source: null }, defaults: {}, known: [] };
  }
  const ready = readyRubric(written);
  if (ready) return loaded(ready);
  const near = nearestName(written, readyRubricNames());
  const mend = near === null ? `expected one of ${someOf(readyRubricNames())}` : suggestion(near);
  return tell(`Unknown rubric "${written}", ${mend}`);
}

async function fromFile(
  loading: SuiteLoading,
  named: string,
  at: ValueAt,
): Promise<LoadedRubric | null> {
  const part = await openPart(loading, named, at, rubricSchema);
  if (!part || !isSound(part.at)) return null;
  const written = part.value as WrittenRubric; // validated, and sound
  const problems = knownProblems(written, { ...formOf(written), each: written.each ?? null });
  for (const { path, message } of problems) {
    loading.faults.push(faultAt(part.at.source, path, message));
  }
  return problems.length > 0 ? null : loaded(written);
}

function loaded(written: WrittenRubric): LoadedRubric {
  const { rubric: name, version, source = null, text, scale, answers, sees, each } = written;
  return {
    rubric: { text: text.trim(), name, version: String(version), source },
    defaults: { scale, answers, sees, each },
    known: knownOfRubric(written),
  };
}
