import { AgentopsError } from '../errors.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { cutMiddle } from './cut-middle.ts';
import { encodeText } from './encode-text.ts';
import { type Swayed, swayIn } from './sway-in.ts';

/** What a line holds under its keys: texts are untrusted, undefined stands for no such key. */
export type LineValue = string | number | true | null | undefined | readonly (string | number)[];

/** Keys in our own words, and what stands under them. */
export type LineFields = Readonly<Record<string, LineValue>>;

/** Flags that are told one by one. */
const MOST_FLAGS = 20;

/** Texts that are looked through once however often they come. */
const LONGEST_NAME = 64;

/** Writes what a judge is shown line by line: redacted, cut, encoded, looked through for what could sway it. */
export class DataLines {
  readonly lines: string[] = [];
  readonly steps: number[] = [];
  private readonly spec: Pick<JudgeSpec, 'name' | 'budget'>;
  private readonly redact: (text: string) => string;
  private readonly found = new Set<string>();
  private readonly known = new Map<string, Swayed>();
  private left: number;

  constructor(spec: Pick<JudgeSpec, 'name' | 'budget'>, redact: (text: string) => string) {
    this.spec = spec;
    this.redact = redact;
    this.left = spec.budget.total;
  }

  /** Adds one line; `where` tells people what it is about. Throws `input_fault` where all together are longer than the budget. */
  add(where: string, fields: LineFields): void {
    const parts: string[] = [];
    for (const [key, value] of Object.entries(fields)) {
      if (value !== undefined) parts.push(`"${key}":${this.encoded(where, value)}`);
    }
    const line = `{${parts.join(',')}}`;
    this.needs(line.length + 1);
    this.left -= line.length + 1;
    this.lines.push(line);
  }

  /** Adds the line of a step. */
  addStep(step: number, fields: LineFields): void {
    this.add(`step ${step}`, { step, ...fields });
    this.steps.push(step);
  }

  /** What a tool came back with, without its middle where it is longer than the budget. */
  result(value: unknown): { text: string; cut: number | undefined } {
    const { text, cut } = cutMiddle(this.redact(textOfValue(value)), this.spec.budget.result);
    return { text, cut: cut === 0 ? undefined : cut };
  }

  /** What looks as if it were to sway the judge; beyond twenty they are counted. */
  flags(): string[] {
    const all = [...this.found];
    const more = all.length - MOST_FLAGS;
    return more > 0 ? [...all.slice(0, MOST_FLAGS), `${more} more of the kind`] : all;
  }

  private encoded(where: string, value: Exclude<LineValue, undefined>): string {
    if (typeof value === 'string') return this.text(where, value);
    if (typeof value !== 'object' || value === null) return String(value);
    return `[${value.map((item) => this.encoded(where, item)).join(',')}]`;
  }

  private text(where: string, given: string): string {
    this.needs(given.length);
    const text = this.redact(given);
    const { marks, found } = this.swayIn(text);
    for (const what of found) this.found.add(`${where}: ${what}`);
    return encodeText(text, marks);
  }

  /** Names are said again and again. */
  private swayIn(text: string): Swayed {
    const known = this.known.get(text);
    if (known) return known;
    const swayed = swayIn(text);
    if (text.length <= LONGEST_NAME) this.known.set(text, swayed);
    return swayed;
  }

  private needs(characters: number): void {
    if (characters <= this.left) return;
    const { name, budget } = this.spec;
    throw new AgentopsError(
      'input_fault',
      `Cannot show this to the judge "${name}": it is longer than ${budget.total} characters, expected no more than its budget.total`,
    );
  }
}

/** A value as text: what is no text is JSON. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}
