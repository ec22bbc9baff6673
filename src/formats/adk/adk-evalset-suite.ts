import { viewOf } from '../../match/view.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import type { SideFiles, SuiteSource, TaskDraft } from '../format.ts';
import { readSideFile } from '../side-file.ts';
import { callPattern } from '../trajectory-to-suite.ts';
import { type AdkCriteria, AdkTestConfig, adkCriteria } from './adk-test-config.ts';

/** Draws from each case the task that ADK makes of it: its calls, compared as a test configuration says, else exactly. */
export async function adkEvalsetSuite({ rules }: SideFiles): Promise<SuiteSource> {
  const config = rules === undefined ? null : await readSideFile(rules, AdkTestConfig);
  const criteria = adkCriteria(config);
  let turns = 1;
  return {
    tools: null,
    task: (trajectory) => {
      const asked = askedIn(trajectory);
      turns = Math.max(turns, asked.length);
      return {
        id: trajectory.task,
        input: asked.length === 1 ? asked[0] : asked,
        expect: expectations(trajectory, criteria, asked.length),
      };
    },
    notes: () => notes(criteria, turns),
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
  const needed = Math.ceil(threshold * turns - 1e-9);
  if (needed !== turns) {
    const words = `ADK asks for matching calls in ${Math.max(needed, 0)} of ${turns} turns (threshold ${threshold})`;
    return { undecided: `${words}, which calls of a whole conversation do not tell` };
  }
  const blind = trajectory.steps.find((step) => step.type === 'tool_call' && !('args' in step));
  if (blind !== undefined) {
    const tool = JSON.stringify('tool' in blind ? blind.tool : '');
    return { undecided: `The eval set does not say the arguments of ${tool}` };
  }
  if (calls.length === 0 && mode !== 'exact') return {}; // ADK then lets every call pass
  return { calls: { [mode]: calls.map(({ tool, args }) => callPattern(tool, args)) } };
}

function notes({ others, threshold }: AdkCriteria, turns: number): string[] {
  const list: string[] = [];
  if (others.length > 0) {
    const are = others.length === 1 ? 'is' : 'are';
    list.push(`${others.join(', ')} of ADK ${are} not judged here: texts are not compared.`);
  }
  if (turns > 1 && threshold !== null) {
    list.push('Calls are expected over whole conversations; ADK compares them turn by turn.');
  }
  return list;
}
