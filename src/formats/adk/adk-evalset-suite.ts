import { canonicalJson } from '../../json/canonical.ts';
import { viewOf } from '../../match/view.ts';
import type { ToolCallStep, Trajectory } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import type { SideFiles, SuiteSource, TaskDraft } from '../format.ts';
import { readSideFile } from '../side-file.ts';
import { callPattern, literally } from '../trajectory-to-suite.ts';
import { type AdkCriteria, AdkTestConfig, adkCriteria } from './adk-test-config.ts';

/** Draws from each case the task that ADK makes of it: its calls, compared as a test configuration says, else exactly. */
export async function adkEvalsetSuite({ rules }: SideFiles): Promise<SuiteSource> {
  const config = rules === undefined ? null : await readSideFile(rules, AdkTestConfig);
  const criteria = adkCriteria(config);
  return {
    tools: null,
    task: (trajectory) => {
      const asked = askedIn(trajectory);
      return {
        id: trajectory.task,
        input: asked.length === 1 ? asked[0] : asked,
        expect: expectations(trajectory, criteria, asked.length),
      };
    },
    notes: () => notes(criteria),
  };
}

function askedIn({ steps }: Trajectory): unknown[] {
  return steps.flatMap((step) =>
    step.type === 'message' && step['role'] === 'user' ? [step['content']] : [],
  );
}

function expectations(
  trajectory: Trajectory,
  { mode, threshold, others }: AdkCriteria,
  turns: number,
): TaskDraft['expect'] {
  const { fault, calls } = viewOf(trajectory);
  if (fault !== null) throw recordFault(fault);
  if (threshold === null) {
    const named = others.length === 0 ? 'nothing' : others.join(', ');
    return { undecided: `The test configuration of ADK looks at ${named}, which is no rule here` };
  }
  const blind = trajectory.steps.find((step) => step.type === 'tool_call' && !('args' in step));
  if (blind !== undefined) {
    const tool = JSON.stringify('tool' in blind ? blind.tool : '');
    return { undecided: `The eval set does not say the arguments of ${tool}` };
  }
  if (turns > 1) return byTurn(trajectory, mode, threshold, turns);
  if (threshold <= 0) return unasked(0, turns, threshold);
  if (calls.length === 0 && mode !== 'exact') return {}; // ADK then lets every call pass
  return { calls: { [mode]: calls.map(({ tool, args }) => callPattern(tool, args)) } };
}

/** Each turn by itself, and the share of those that match: what ADK's own score is. */
function byTurn(
  { steps }: Trajectory,
  mode: AdkCriteria['mode'],
  threshold: number,
  turns: number,
): TaskDraft['expect'] {
  const reference = callsByTurn(steps);
  const needed = Math.ceil(threshold * turns - 1e-9);
  if (needed <= 0) return unasked(needed, turns, threshold);
  if (reference === null) {
    return { undecided: 'What is expected of each turn cannot be said: see the eval set' };
  }
  const match = { match: mode, at_least: threshold };
  return { metrics: { reference, adk_tool_trajectory: match } };
}

function unasked(needed: number, turns: number, threshold: number): TaskDraft['expect'] {
  const words = `ADK asks for matching calls in ${Math.max(needed, 0)} of ${turns} turns`;
  return { undecided: `${words} (threshold ${threshold}), so that every trajectory would pass` };
}

/** The calls of each turn as literal patterns; null where a turn has nothing in it, so that two would be taken for one, or where arguments would be read as operators. */
function callsByTurn(steps: Trajectory['steps']): unknown[][] | null {
  const turns: unknown[][] = [];
  let isEmpty = false;
  for (const step of steps) {
    if (step.type === 'message' && step['role'] === 'user') {
      if (isEmpty) return null;
      turns.push([]);
      isEmpty = true;
    } else if (step.type === 'message') isEmpty = false;
    else if (step.type === 'tool_call') {
      const { tool, args } = step as ToolCallStep; // the tag says so
      if (canonicalJson(literally(args)) !== canonicalJson(args)) return null;
      turns.at(-1)?.push(callPattern(tool, args));
      isEmpty = false;
    }
  }
  return isEmpty ? null : turns;
}

function notes({ others }: AdkCriteria): string[] {
  const list: string[] = [];
  if (others.length > 0) {
    const are = others.length === 1 ? 'is' : 'are';
    list.push(`${others.join(', ')} of ADK ${are} not judged here: texts are not compared.`);
  }
  return list;
}
