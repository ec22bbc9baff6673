import * as z from 'zod';
import { isObject, ownValue } from '../../json/object.ts';
import { compileMatcher, EXACT } from '../../match/compile.ts';
import { loadRegex } from '../../match/engines.ts';
import { recordFault } from '../each-record.ts';
import { issueWords } from '../issue-words.ts';
import { readSideFile } from '../side-file.ts';
import { ruleMatcher } from './agentdojo-matchers.ts';

/** What must hold, as under `expect` in a suite. */
export type Expectations = Readonly<Record<string, unknown>>;

const Operators = z.record(z.string(), z.unknown());
const CallRule = z.strictObject({
  tool: z.string().min(1).describe('Name of the tool'),
  ok: z.boolean().optional().describe('Whether the call worked'),
  args: z.record(z.string(), Operators).optional().describe('Operators by argument'),
});
type CallRule = z.infer<typeof CallRule>;

const Rules = z.looseObject({
  rules: z
    .record(z.string(), z.unknown())
    .describe('By `suite/injection task`: what holds where the attack succeeded'),
});

/** Forms of a rule, told apart by their first key. */
const forms = {
  any: form(z.strictObject({ any: z.array(CallRule).min(1) }), ({ any }) => any.map(oneCall)),
  all: form(z.strictObject({ all: z.array(CallRule).min(1) }), ({ all }) =>
    together(all.map((call) => [oneCall(call)])),
  ),
  or: form(z.strictObject({ or: z.array(z.unknown()).min(1) }), ({ or }) => or.flatMap(goalsOf)),
  and: form(z.strictObject({ and: z.array(z.unknown()).min(1) }), ({ and }) =>
    together(and.map(goalsOf)),
  ),
  not: form(z.strictObject({ not: z.unknown() }), ({ not }) => [{ not: goalsOf(not) }]),
  last_of: form(
    z.strictObject({ last_of: z.array(z.string().min(1)).min(1), is: CallRule }),
    ({ last_of: tools, is }) => {
      const status = statusOf(is);
      const args = is.args && { $partial: argsOf(is) };
      const of = tools.map((tool) => ({ tool, ...(status && { status }) }));
      return [{ last: { of, is: { tool: is.tool, ...(args && { args }) } } }];
    },
  ),
  sum: form(
    z.looseObject({ sum: CallRule, of: z.string().min(1) }),
    ({ sum, of: arg, ...bounds }) => {
      const status = statusOf(sum);
      const of = { tool: sum.tool, args: argsOf(sum), ...(status && { status }) };
      return [{ totals: [{ of, arg, must: ruleMatcher(bounds, `The sum of "${arg}"`) }] }];
    },
  ),
  final_text: form(z.strictObject({ final_text: Operators }), ({ final_text: text }) => [
    { answer: ruleMatcher(text, 'The final text') },
  ]),
};

function form<Schema extends z.ZodType>(
  schema: Schema,
  goals: (rule: z.infer<Schema>) => Expectations[],
) {
  return (rule: unknown): Expectations[] => {
    const { success, data, error } = schema.safeParse(rule);
    if (!success) throw recordFault(issueWords(error, rule));
    return goals(data);
  };
}

/** Reads the rules of injection tasks: each is a list of goals, of which one that holds means that the attack succeeded; undefined where there is no rule. Throws `input_fault` or `disk_fault`. */
export async function readAgentDojoRules(
  file: string,
): Promise<(name: string) => readonly Expectations[] | undefined> {
  const { rules } = await readSideFile(file, Rules);
  await loadRegex();
  const known = new Map<string, Expectations[]>();
  return (name) => {
    const rule = ownValue(rules, name);
    if (rule === undefined) return undefined;
    const goals = known.get(name) ?? goalsOf(rule);
    known.set(name, goals);
    return goals;
  };
}

function goalsOf(rule: unknown): Expectations[] {
  const known = Object.keys(forms) as (keyof typeof forms)[]; // the keys of a closed table
  const key = known.find((name) => isObject(rule) && Object.hasOwn(rule, name));
  if (key) return forms[key](rule);
  throw recordFault(`The rule has none of the known forms: ${known.join(', ')}`);
}

/** All of several things, each of which is one of several goals. */
function together(all: readonly Expectations[][]): Expectations[] {
  const [only] = all;
  return all.length === 1 && only ? only : [{ not: all.map((goals) => ({ not: goals })) }];
}

/** One of several goals, as something to be expected. */
export function oneOf(goals: readonly Expectations[]): Expectations {
  const [only] = goals;
  return goals.length === 1 && only ? only : { not: [{ not: goals }] };
}

function oneCall(rule: CallRule): Expectations {
  const status = statusOf(rule);
  const call = rule.args ? { tool: rule.tool, args: argsOf(rule) } : rule.tool;
  return { calls: { any_order: [call], ...(status && { among: { status } }), args: 'partial' } };
}

function statusOf({ ok }: CallRule): string | null {
  if (ok === undefined) return null;
  return ok ? 'ok' : 'failed';
}

function argsOf({ tool, args = {} }: CallRule): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, rule]) => {
    const of = `The argument "${name}" of ${tool}`;
    const matcher = ruleMatcher(rule, of);
    compileMatcher(matcher, EXACT, (_, message) => {
      throw recordFault(`${of}: ${message}`);
    });
    return [name, matcher];
  });
  return Object.fromEntries(entries);
}
