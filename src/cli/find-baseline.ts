import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { baselineName, baselineSlug } from '../store/baseline-name.ts';
import { listBaselines } from '../store/baselines.ts';

/** Where a baseline is looked for. */
export interface BaselinePlace {
  /** Root of the project. */
  readonly root: string;
  /** Branch of the work tree, null where it is on none. */
  readonly branch: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Name of the baseline that is meant: the one that is named, else that of the branch, of the branch that a change in CI is for, of `main` or `master`, or the only one. Throws `usage` where it is not there. */
export async function findBaseline(name: string | null, place: BaselinePlace): Promise<string> {
  const known = await listBaselines(place.root);
  if (name !== null) return knownBaseline(baselineName(name), known);
  const found = branchesOf(place)
    .map(baselineSlug)
    .find((slug) => known.includes(slug));
  if (found !== undefined) return found;
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) throw none();
  const branch = place.branch === null ? 'it is on no branch' : `"${place.branch}" has none`;
  throw new AgentopsError(
    'usage',
    `Cannot tell which baseline is meant: ${branch}, expected baseline:NAME with one of ${known.join(', ')}`,
  );
}

function branchesOf({ branch, environment }: BaselinePlace): string[] {
  const names = [
    branch,
    environment['GITHUB_BASE_REF'],
    environment['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
    'main',
    'master',
  ];
  return names.flatMap((name) => name || []);
}

function knownBaseline(name: string, known: readonly string[]): string {
  if (known.includes(name)) return name;
  if (known.length === 0) throw none();
  const words = `Cannot find the baseline "${name}": ${didYouMean(name, known)}`;
  throw new AgentopsError('usage', words);
}

function none(): AgentopsError {
  return new AgentopsError(
    'usage',
    'Cannot find a baseline: the project has none, agentops baseline set keeps a run as one',
  );
}
