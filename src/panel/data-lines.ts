import { AgentopsError } from '../errors.ts';
import { sha256Hex } from '../json/digest.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { cutMiddle } from './cut-middle.ts';

/** What a line holds under its keys: texts are untrusted, undefined stands for no such key. */
export type LineValue = string | number | true | null | undefined | readonly (string | number)[];

/** Keys in our own words, and what stands under them. */
export type LineFields = Record<string, LineValue>;

/** A line before it is encoded. */
export interface PlainLine {
  /** What it is about, for people. */
  readonly about: string;
  /** One JSON object. */
  readonly json: string;
}

/** Collects what a judge is shown line by line: redacted and cut, and as long as its budget allows. */
export class DataLines {
  readonly lines: PlainLine[] = [];
  readonly steps: number[] = [];
  private readonly spec: Pick<JudgeSpec, 'name' | 'budget'>;
  private readonly redact: (text: string) => string;
  private left: number;

  constructor(spec: Pick<JudgeSpec, 'name' | 'budget'>, redact: (text: string) => string) {
    this.spec = spec;
    this.redact = redact;
    this.left = spec.budget.total;
  }

  /** Adds one line, and takes its fields over. Throws `input_fault` where all together are longer than the budget, each as JSON with its line break. */
  add(about: string, fields: LineFields): void {
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      if (typeof value === 'string') fields[key] = this.redact(value);
      else if (Array.isArray(value)) fields[key] = value.map((item) => this.redacted(item));
    }
    const json = JSON.stringify(fields);
    this.left -= json.length + 1;
    if (this.left < 0) {
      const { name, budget } = this.spec;
      throw new AgentopsError(
        'input_fault',
        `Cannot show this to the judge "${name}": it is longer than ${budget.total} characters, expected no more than its budget.total`,
      );
    }
    this.lines.push({ about, json });
  }

  /** Adds the line of a step. Throws likewise. */
  addStep(step: number, fields: LineFields): void {
    this.add(`step ${step}`, fields);
    this.steps.push(step);
  }

  /** What a tool came back with, without its middle where it is longer than the budget. */
  result(value: unknown): { text: string; cut: number | undefined } {
    const { text, cut } = cutMiddle(this.redact(textOfValue(value)), this.spec.budget.result);
    return { text, cut: cut === 0 ? undefined : cut };
  }

  /** SHA-256 of all lines. */
  digest(): string {
    return sha256Hex(this.lines.map(({ json }) => json).join('\n'));
  }

  private redacted(item: string | number): string | number {
    return typeof item === 'string' ? this.redact(item) : item;
  }
}

/** A value as text: what is no text is JSON. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}
