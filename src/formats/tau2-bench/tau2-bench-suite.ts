import * as z from 'zod';
import { AgentopsError } from '../../errors.ts';
import type { Tools } from '../../model/tool.ts';
import type { SideFiles, SuiteSource, TaskDraft } from '../format.ts';
import { FunctionSchema, functionTools } from '../function-tools.ts';
import { readSideFile } from '../side-file.ts';
import { spoken } from '../spoken.ts';
import { expectedWrites } from '../tau-bench/expected-writes.ts';
import { readOptionalWrites } from '../tau-bench/optional-writes.ts';
import { actionChecks, actionPattern } from './action-checks.ts';
import type { Tau2Criteria } from './tau2-bench-record.ts';
import { readTau2Tasks, type Tau2Origin, type Tau2Wanted, tau2Wanted } from './tau2-bench-task.ts';

const Tau2Tools = z.array(
  FunctionSchema.extend({
    'x-tau2-tool-type': z.string().describe('What the tool does: read, write or generic'),
    'x-requestor': z.string().optional().describe('Who may call it: assistant or user'),
  }),
);

/** What the tasks of a domain have in common. */
interface Domain {
  readonly tools: Tools;
  /** The simulated user has tools of its own. */
  readonly usersCall: boolean;
}

/** Draws from each simulation the task whose reward follows from the calls that write, and from what was said. Throws `usage` without tools. */
export async function tau2BenchSuite(side: SideFiles): Promise<SuiteSource> {
  if (side.tools === undefined) {
    const wanted =
      'expected --tools with the function schemas of its domain, "x-tau2-tool-type" in each';
    throw new AgentopsError('usage', `Cannot tell which tools of tau2-bench write: ${wanted}`);
  }
  const schemas = await readSideFile(side.tools, Tau2Tools);
  const tools = functionTools(schemas, ({ 'x-tau2-tool-type': type }) =>
    /(^|\.)write$/i.test(type) ? 'write' : 'read',
  );
  const usersCall = schemas.some(({ 'x-requestor': requestor }) => requestor === 'user');
  const optionalOf = await readOptionalWrites(side.optionalWrites, 'tau2-bench');
  const listed = side.tasks ? await readTau2Tasks(side.tasks) : null;
  return {
    tools,
    task: ({ task: id }, origin) => {
      const wanted = tau2Wanted(origin as Tau2Origin, listed?.get(id)); // from the reader of this format
      const { numberedIn } = wanted;
      const optional = numberedIn === null ? new Set<number>() : optionalOf(numberedIn);
      return draft(id, wanted, { tools, usersCall }, optional);
    },
  };
}

const EVERYBODY = { actor: '*' };
const DEFAULT_BASIS = ['DB', 'COMMUNICATE'];

function draft(
  id: string,
  { input, criteria }: Tau2Wanted,
  domain: Domain,
  optional: ReadonlySet<number>,
): TaskDraft {
  const basis = criteria?.reward_basis ?? DEFAULT_BASIS;
  const open = criteria === null ? null : openQuestion(criteria, basis, domain);
  const actions = criteria?.actions ?? [];
  const counts = basis.includes('ACTION') && actions.length > 0;
  const calls = [
    ...(criteria === null ? [] : stateOf(id, criteria, basis, domain, optional)),
    ...(counts ? [{ any_order: actionChecks(actions), among: EVERYBODY }] : []),
  ];
  const said = basis.includes('COMMUNICATE')
    ? (criteria?.communicate_info ?? []).filter((text) => text !== '')
    : [];
  return {
    id,
    ...(input !== null && { input }),
    expect: {
      ...(calls.length === 1 && { calls: calls[0] }),
      ...(calls.length > 1 && { calls }),
      ...(said.length > 0 && { says: said.map(spoken) }),
      ...(open !== null && { undecided: open }),
      ...(calls.length + said.length === 0 && open === null && { stop: 'completed' }),
    },
    // One block for each published check, so that each has a verdict of its own
    ...(actions.length > 0 && {
      prefer: {
        calls: actions.map((one) => ({ any_order: [actionPattern(one)], among: EVERYBODY })),
      },
    }),
  };
}

/** What the reward hangs on and calls do not tell; null where there is nothing. */
function openQuestion(
  criteria: Tau2Criteria,
  basis: readonly string[],
  domain: Domain,
): string | null {
  const known = ['DB', 'ENV_ASSERTION', 'ACTION', 'COMMUNICATE', 'NL_ASSERTION'];
  const unknown = basis.find((part) => !known.includes(part));
  if (unknown !== undefined) return `Its reward has a part that is not known, ${unknown}`;
  if (basis.includes('NL_ASSERTION') && (criteria.nl_assertions ?? []).length > 0) {
    return 'Its reward has a part that a model judges';
  }
  const asserts = basis.includes('ENV_ASSERTION') && (criteria.env_assertions ?? []).length > 0;
  const leads = (criteria.actions ?? []).some(
    ({ name }) => basis.includes('ACTION') || domain.tools[name]?.effect === 'write',
  );
  return asserts && !leads
    ? 'Its reward is an assertion about the final state, to which no expected call leads'
    : null;
}

/** The final state, by the calls that lead to it: these and no others for a database, these at least for assertions. */
function stateOf(
  id: string,
  { actions, env_assertions: assertions }: Tau2Criteria,
  basis: readonly string[],
  { tools, usersCall }: Domain,
  optional: ReadonlySet<number>,
): unknown[] {
  const asserts = basis.includes('ENV_ASSERTION') && (assertions ?? []).length > 0;
  if (!basis.includes('DB') && !asserts) return [];
  if (!actions && !asserts) return []; // without expected calls tau2-bench does not look at the database
  const calls = (actions ?? []).map(({ name, arguments: args }) => ({ name, args: args ?? {} }));
  const writes = expectedWrites(id, calls, tools, optional);
  if (!basis.includes('DB') && writes.length === 0) return [];
  return [
    {
      [basis.includes('DB') ? 'unordered' : 'any_order']: writes,
      among: { effect: 'write', status: 'ok', ...(usersCall && { actor: '*' }) },
      args: 'partial',
      lists: 'unordered',
    },
  ];
}
