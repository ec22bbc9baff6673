import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';

/** What fails a comparison. */
export type FailOn =
  | { readonly rule: 'regression' | 'any-fail' | 'flaky' | 'inconclusive'; readonly text: string }
  | FigureLimit;

/** How much worse a figure may be. */
export interface FigureLimit {
  readonly rule: 'figure';
  /** As it was written: `cost:+10%`. */
  readonly text: string;
  readonly figure: keyof typeof FIGURES;
  /** What the comparison calls it. */
  readonly key: string;
  /** How far head may lie beyond base, to the worse; 0 or more. */
  readonly most: number;
  /** `most` is a share of base. */
  readonly isShare: boolean;
}

/** Figures by their names here, with the side on which they are worse and their names in a comparison. */
const FIGURES = {
  pass_rate: ['-', 'pass_rate'],
  score: ['-', 'score'],
  pass_hat_k: ['-', 'pass_hat_k'],
  cost: ['+', 'cost_usd'],
  tokens: ['+', 'tokens'],
  steps: ['+', 'steps'],
  seconds: ['+', 'seconds'],
  latency: ['+', 'seconds'],
  p95_seconds: ['+', 'p95_seconds'],
  attack_success: ['+', 'attack_success'],
} as const;

const RULES = ['regression', 'any-fail', 'flaky', 'inconclusive'] as const;
const NAMES: readonly string[] = [...RULES, ...Object.keys(FIGURES)];

/** What is held where nothing else is asked for. */
export const REGRESSION: FailOn = { rule: 'regression', text: 'regression' };

/** Reads the values of `--fail-on`, commas between rules; `inconclusive` alone stands beside `regression`. Throws `usage`. */
export function parseFailOn(values: readonly string[]): FailOn[] {
  const texts = new Set(values.flatMap((value) => value.split(',').map((text) => text.trim())));
  const rules = [...texts].map(ruleOf);
  const isAlone = rules.length > 0 && rules.every(({ rule }) => rule === 'inconclusive');
  return isAlone ? [REGRESSION, ...rules] : rules;
}

function ruleOf(text: string): FailOn {
  const [name = '', ...rest] = text.split(':');
  if (isFigure(name)) return limitOf(text, name, rest.join(':'));
  const rule = RULES.find((one) => one === name);
  if (rule === undefined) throw fault(text, `there is no such rule (${didYouMean(name, NAMES)})`);
  if (rest.length === 0) return { rule, text };
  throw fault(text, `${name} takes no limit`);
}

function limitOf(text: string, figure: FigureLimit['figure'], written: string): FigureLimit {
  const [sign, key] = FIGURES[figure];
  const example = `${figure}:${sign}10%`;
  const found = /^([+-])(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(written);
  if (!found) throw fault(text, `expected a limit, such as ${example}`);
  const isShare = found[3] === '%';
  const most = Number(found[2]) / (isShare ? 100 : 1);
  if (found[1] !== sign && most > 0) {
    const better = sign === '-' ? 'higher' : 'lower';
    throw fault(text, `${figure} is better ${better}, expected a limit such as ${example}`);
  }
  return { rule: 'figure', text, figure, key, most, isShare };
}

function isFigure(name: string): name is FigureLimit['figure'] {
  return Object.hasOwn(FIGURES, name);
}

function fault(text: string, words: string): AgentopsError {
  return new AgentopsError('usage', `Cannot use --fail-on ${text}: ${words}`);
}
