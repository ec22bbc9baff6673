import type { Call } from '../match/calls.ts';
import type { Scope } from '../match/scope.ts';
import type { ToolCallStep } from '../model/trajectory.ts';
import { grants } from '../safety/policy/approval-rules.ts';
import { askedAbout } from '../safety/policy/asked-about.ts';
import type { PolicyRules } from '../safety/policy/policy-rules.ts';
import { type ApprovalRequest, answerOf, type Decided } from './approval-request.ts';
import { freeId } from './call-tool.ts';
import type { Guard, Ruling } from './guard.ts';
import { type GuardedTrial, type GuardOptions, guardedTrial } from './guarded-trial.ts';
import type { Kept } from './kept-decisions.ts';
import { hearPeople } from './people.ts';
import { againstPolicy, askFirst, changedBy, refusedBy, terminatedBy } from './refusal-words.ts';
import type { SessionState } from './session-state.ts';
import { unrunCall } from './unrun-call.ts';

/** Makes the guard of a trial: it refuses what the policy forbids, and has people decide about what needs an approval. */
export function policyGuard(options: GuardOptions): (state: SessionState) => Guard {
  return (state) => {
    const trial = guardedTrial(options, state);
    return {
      approvalTool: trial.rules?.approvalTool ?? null,
      rule: (step) => rule(trial, step),
      ask: (request) => askBefore(trial, request),
    };
  };
}

function rule(trial: GuardedTrial, step: ToolCallStep): Ruling | Promise<Ruling> {
  const { rules, kept } = trial;
  const known = decidedById(trial, step);
  trial.ruled.add(step.id ?? '');
  if (rules === null) return runs(step.args, known?.decided);
  const call = trial.callOf(step);
  const scope = trial.scopeAt(call.step);
  if (call.tool === rules.approvalTool) return answerAgent(trial, call, scope);
  const against = rules.violations(call, scope);
  if (against.length > 0 && rules.blocks) return againstPolicy(call.tool, against);
  if (!rules.needsApproval(call, scope)) {
    const told = known ?? kept.takeExact(call);
    const counts = told !== null && told.decided.by !== 'nobody';
    return counts ? useKept(trial, rules, call, told) : runs(step.args);
  }
  const decided = known ?? kept.take(call, scope);
  if (decided) return useKept(trial, rules, call, decided);
  if (rules.approvalTool === null) return askNow(trial, call, scope);
  if (!rules.blocks) return runs(step.args);
  const changed = kept.changedArgs(call);
  if (changed !== undefined) return changedBy(call.tool, changed);
  return askFirst(call.tool, rules.approvalTool);
}

/** Takes the decision that the record has for the id of a call. A call that it is not about gets an id of its own: in the record, too, that decision is none about it. */
function decidedById({ state, kept }: GuardedTrial, step: ToolCallStep): Kept | null {
  const id = step.id ?? '';
  const decided = kept.takeById(id, { tool: step.tool, args: step.args });
  if (decided || !kept.awaits(id)) return decided;
  let free = id;
  while (kept.awaits(free)) free = freeId(state, `${id}~${state.next()}`);
  state.openIds.delete(id);
  state.openIds.add(free);
  step.id = free;
  return null;
}

/** Runs as it was asked for, or as a person changed it. */
function runs(asked: unknown, decided?: Decided): Ruling {
  return { kind: 'run', args: decided?.decision === 'modify' ? decided.args : asked };
}

/** Does what was decided before the call was made. Where violations are only told of, a call against a decision runs. */
function useKept(trial: GuardedTrial, rules: PolicyRules, call: Call, kept: Kept): Ruling {
  const { decided, recorded, asked } = kept;
  const { id, tool } = call;
  if (!recorded) trial.record(decided, { id, ...(asked ? { asked } : { asked_before: true }) });
  if (grants(decided.decision) || !rules.blocks) return runs(call.asked, decided);
  return refusedBy(tool, decided);
}

/** Has people decide about a call that waits. */
async function askNow(trial: GuardedTrial, call: Call, scope: Scope): Promise<Ruling> {
  const { decided } = await hearPeople(trial.people, call, scope);
  const { id, tool } = call;
  trial.record(decided, { id });
  if (grants(decided.decision)) return runs(call.asked, decided);
  if (decided.decision !== 'terminate') return refusedBy(tool, decided);
  return { kind: 'terminate', reason: terminatedBy(tool, decided) };
}

/** Answers a call of the approval tool, and keeps the decision for the calls that it is about. */
async function answerAgent(trial: GuardedTrial, call: Call, scope: Scope): Promise<Ruling> {
  const { kept, people, state } = trial;
  const refusal = state.options.mocks.refuses(call.tool, call.asked);
  if (refusal !== null) {
    return { kind: 'answer', answer: { error: { code: 'invalid_arguments', message: refusal } } };
  }
  const { id, step, actor } = call;
  const inner = askedAbout(call);
  const about = inner ? unrunCall({ step, ...inner, ...(actor !== undefined && { actor }) }) : call;
  const { decided, rule } = await hearPeople(people, about, scope);
  const { args: _, ...told } = decided; // new arguments are those of another call: the result has them
  trial.record(told, { id });
  if (decided.decision === 'terminate') {
    return { kind: 'terminate', reason: terminatedBy(about.tool, decided) };
  }
  const decision = { decided, asked: id, recorded: false };
  if (inner) kept.keep(inner, decision);
  else if (rule && grants(decided.decision)) kept.keepGrants(rule, decision);
  return { kind: 'answer', answer: { result: answerOf(decided) } };
}

/** Has people decide about a call that is yet to be made. Under the id of a call that runs already, or that awaits another decision, the record would give this one to the wrong call: it is recorded without. */
async function askBefore(trial: GuardedTrial, request: ApprovalRequest): Promise<Decided> {
  const { state, kept, people, ruled } = trial;
  const { id = '', tool, args = {} } = request;
  const step = state.steps.length;
  const { decided } = await hearPeople(
    people,
    unrunCall({ step, tool, args }),
    trial.scopeAt(step),
  );
  const isTaken = (wanted: string) =>
    kept.awaits(wanted) || (ruled.has(wanted) && state.openIds.has(wanted));
  const own = id === '' || isTaken(id) ? null : id;
  trial.record(decided, { tool, asked_args: args, ...(own !== null && { id: own }) });
  if (decided.decision === 'terminate') return decided;
  const decision = { decided, recorded: own !== null };
  if (own === null) kept.keep({ tool, args }, decision);
  else kept.keepFor(own, { tool, args }, decision);
  return decided;
}
