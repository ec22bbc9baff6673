import { pointerOf } from '../json/pointer.ts';
import { viewOf } from '../match/view.ts';
import type { PlannedTool } from '../model/plan.ts';
import type { MessageStep, Trajectory } from '../model/trajectory.ts';
import { recordFault } from './each-record.ts';
import type { SuiteSource, TaskDraft } from './format.ts';
import { isPlainData } from './plain-data.ts';
import { isNameable, type Review, reviewedExpect } from './reviewed-expect.ts';
import { reviewedMocks } from './reviewed-mocks.ts';
import { suiteYaml } from './suite-yaml.ts';
import { recordedTask, type SuiteHead, trajectoryToSuite } from './trajectory-to-suite.ts';

/** A trial that a person has labelled. */
export interface ReviewedTrial {
  /** What its task is called in the suite, once. */
  readonly id: string;
  readonly trajectory: Trajectory;
  readonly review: Review;
  /** Where it comes from, in one line. */
  readonly origin: string;
}

/** A suite of reviewed trials in the making. */
export interface ReviewedSuite {
  /** Takes one more trial, and gives the line of the recording that the suite replays; or says why no task can be made of it. */
  add(trial: ReviewedTrial): { readonly line: string } | { readonly fault: string };
  tasks(): number;
  /** The suite as YAML; remarks may hold characters that hide or steer. Throws `input_fault` where there is no task. */
  finish(): string;
}

const AGENT = 'recorded';
const LONGEST_NOTE = 2000;
const HEAD = [
  'Drawn by "agentops review": what a person marked as right or wrong is what is expected.',
  'The agent "recorded" replays what was reviewed, so that a task fails as the person said. For a live one,',
  'put it beside that agent, such as:',
  '  live: { command: [node, ./agent.mjs] }',
];

/** Begins a suite of reviewed trials; `tools` says what is known of the tools of their run. */
export function reviewedSuite(
  head: SuiteHead,
  tools: Readonly<Record<string, PlannedTool>>,
): ReviewedSuite {
  const mocks = reviewedMocks(tools);
  const remarks: string[][] = [];
  const draft = trajectoryToSuite(sourceOf(mocks, remarks));
  return {
    add: (trial) => {
      const { attack: _planted, ...others } = trial.trajectory;
      const record = { ...others, suite: head.suite, task: trial.id, agent: AGENT, trial: 1 };
      const line = lineOf(record);
      if (line === null) return { fault: 'It is nested too deeply to be written again' };
      const undrawn = draft.add(record, trial);
      return undrawn === null ? { line } : { fault: undrawn.message };
    },
    tasks: () => remarks.length,
    finish: () => {
      const suite = draft.finish(head);
      const beside = new Map(
        remarks.map((words, index) => [pointerOf(['tasks', index]), words.join('; ')]),
      );
      for (const [tool, words] of mocks.remarks()) {
        beside.set(pointerOf(['tools', tool]), words.join('; '));
      }
      return suiteYaml(suite, { head: HEAD, remarks: beside });
    },
  };
}

function lineOf(record: Trajectory): string | null {
  try {
    return JSON.stringify(record);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null; // of the stack
    throw thrown;
  }
}

/** Draws the task of each trial, and notes what stands beside it. */
function sourceOf(mocks: ReturnType<typeof reviewedMocks>, remarks: string[][]): SuiteSource {
  return {
    get tools() {
      const tools = mocks.tools();
      return Object.keys(tools).length === 0 ? null : tools;
    },
    task: (trajectory, origin) => {
      const { id, review, origin: from } = origin as ReviewedTrial; // as it was added
      const view = viewOf(trajectory);
      if (view.fault !== null) throw recordFault(view.fault);
      const asked = askedOf(trajectory);
      const marked = reviewedExpect(view, review);
      const isEmpty = Object.keys(marked.expect).length === 0;
      const expect = isEmpty ? recordedTask(trajectory).expect : marked.expect;
      mocks.add(id, view.calls);
      const note = review.note === undefined ? [] : [`note: ${inOneLine(review.note)}`];
      const about = `${review.label}, ${from}`;
      const unnamed = view.calls.filter(({ tool }) => !isNameable(tool)).map(({ step }) => step);
      const mockless =
        unnamed.length === 0 ? [] : [`no tool of a suite can be called as in step ${unnamed[0]}`];
      const words = [about, ...note, ...asked.remarks, ...marked.remarks, ...mockless];
      remarks.push(words.map(inOneLine));
      return { id, ...asked.task, expect };
    },
  };
}

/** What the user asked: one input, or the turns of a conversation. */
function askedOf({ steps }: Trajectory): {
  readonly task: Pick<TaskDraft, 'input' | 'conversation'>;
  readonly remarks: readonly string[];
} {
  const said = steps.flatMap((step) => {
    if (step.type !== 'message') return [];
    const { role, actor, content } = step as MessageStep; // the tag says so
    return role === 'user' && actor === undefined && content !== null && content !== ''
      ? [content]
      : [];
  });
  const asked = said.filter((content) => isPlainData(content));
  const remarks = asked.length < said.length ? ['some of what the user said is left out'] : [];
  if (asked.length === 0) return { task: {}, remarks: ['nothing tells what the user asked'] };
  if (asked.length === 1) return { task: { input: asked[0] }, remarks };
  const conversation = asked.map((user) => (typeof user === 'string' ? user : { user }));
  return { task: { conversation }, remarks };
}

/** Text as one line of a comment. */
function inOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length <= LONGEST_NOTE ? line : `${line.slice(0, LONGEST_NOTE)}…`;
}
