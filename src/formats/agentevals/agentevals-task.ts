import { isObject, ownValue } from '../../json/object.ts';
import type { Step, ToolCallStep, Trajectory } from '../../model/trajectory.ts';
import type { TaskDraft } from '../format.ts';
import { callPattern, literally, matcherPattern } from '../trajectory-to-suite.ts';
import { type AgentevalsOptions, type ArgsMode, readAgentevalsCase } from './agentevals-case.ts';
import { agentevalsSteps } from './agentevals-steps.ts';

const MODES = {
  strict: 'exact',
  unordered: 'unordered',
  subset: 'subset',
  superset: 'any_order',
} as const;

const KNOWN = ['trajectory_match_mode', 'tool_args_match_mode', 'tool_args_match_overrides'];

/** The task of a case: the calls of its reference, in the mode that the case names. Throws `input_fault`. */
export function agentevalsTask({ task, steps, stop }: Trajectory, origin: unknown): TaskDraft {
  const { options, reference_outputs: reference } = readAgentevalsCase(origin);
  const settings = options ?? {};
  const asked = steps.find(isQuestion);
  const calls = agentevalsSteps(reference).filter(isCall);
  const unheld = unheldBy(settings, calls);
  const mode = MODES[settings.trajectory_match_mode ?? 'strict'];
  return {
    id: task,
    ...(asked !== undefined && { input: asked.content }),
    expect: {
      ...(stop === null && { stop: { $in: ['completed', null] } }), // agentevals does not ask how it ended
      ...(unheld === null
        ? { calls: { [mode]: calls.map((call) => wanted(call, settings)) } }
        : { undecided: unheld }),
    },
  };
}

function isCall(step: Step): step is ToolCallStep {
  return step.type === 'tool_call';
}

function isQuestion(step: Step): step is Step & { content: string } {
  return step.type === 'message' && step['role'] === 'user' && typeof step['content'] === 'string';
}

/** What a case asks for that no suite can say; null where there is nothing. */
function unheldBy(options: AgentevalsOptions, calls: readonly ToolCallStep[]): string | null {
  const more = Object.keys(options).find((key) => !KNOWN.includes(key));
  if (more !== undefined) return `The option ${more} of agentevals is not known`;
  const code = calls.find(({ tool }) => !isPlainRule(ruleOf(tool, options)));
  if (code !== undefined) return `Arguments of "${code.tool}" are compared by code of agentevals`;
  const unread = calls.find(({ args }) => !isObject(args));
  return unread === undefined ? null : `Arguments of "${unread.tool}" cannot be read`;
}

function ruleOf(tool: string, options: AgentevalsOptions): unknown {
  const { tool_args_match_mode: mode, tool_args_match_overrides: overrides } = options;
  return (overrides && ownValue(overrides, tool)) ?? mode ?? 'exact';
}

function isPlainRule(rule: unknown): rule is ArgsMode | string[] {
  return typeof rule === 'string' || Array.isArray(rule);
}

function wanted({ tool, args }: ToolCallStep, options: AgentevalsOptions): unknown {
  const rule = ruleOf(tool, options);
  const given = args as Record<string, unknown>; // looked at before
  if (rule === 'ignore') return { tool };
  if (rule === 'exact') return callPattern(tool, given);
  if (Array.isArray(rule)) return matcherPattern(tool, matcherOfKeys(rule, given));
  const entries = Object.entries(given);
  return rule === 'subset'
    ? matcherPattern(
        tool,
        open(
          entries.map(([key, value]) => [key, optional(value)]),
          false,
        ),
      )
    : matcherPattern(
        tool,
        open(
          entries.map(([key, value]) => [key, literally(value)]),
          true,
        ),
      );
}

type Entries = readonly (readonly [string, unknown])[];

function optional(value: unknown): unknown {
  return { $optional: literally(value) };
}

/** A map of which each key must match; others may stand beside them where it is open. */
function open(entries: Entries, isOpen: boolean): Record<string, unknown> {
  const known = Object.fromEntries(entries);
  return isOpen ? { ...known, $rest: { $any: true } } : known;
}

/** Only some arguments count, each named by a path with dots; one that is absent equals null. */
function matcherOfKeys(paths: readonly string[], args: Record<string, unknown>): unknown {
  const each = paths.map((path) => atPath(path.split('.'), args));
  return each.length === 1 ? each[0] : { $and: each.length === 0 ? [{ $any: true }] : each };
}

function atPath(path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined || value === null ? null : literally(value);
  const inner = isObject(value) ? ownValue(value, key) : undefined;
  const isNothing = inner === undefined || inner === null;
  const below = atPath(rest, inner);
  const here =
    rest.length > 0 && isNothing ? { $or: [{ $not: { $type: 'object' } }, below] } : below;
  return open([[key, isNothing ? { $optional: here } : here]], true);
}
