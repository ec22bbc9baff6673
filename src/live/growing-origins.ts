import { type LeafLookup, leavesOf, occurs } from '../match/occurs.ts';
import { type Origins, originsOf, type Source } from '../match/origins.ts';
import type { Provenance } from '../match/scope.ts';
import { ABSENT, NO, type Tri } from '../match/tri.ts';
import { either, textOf } from '../match/view.ts';
import type { MessageStep, Step, ToolResultStep } from '../model/trajectory.ts';

/** Tells where values come from among steps to which more are added; `input` is what the task asks for. Nothing is read before the first question, and then each step once. */
export function growingOrigins(steps: readonly Step[], input: unknown): Provenance {
  const [said, results] = [sourceBlocks(), sourceBlocks()];
  if (input !== undefined) said.add({ step: -1, tool: '', leaves: leavesOf(input) });
  let read = 0;
  const catchUp = (): void => {
    for (; read < steps.length; read++) {
      const step = steps[read] as Step; // read < length
      if (step.type === 'tool_result') results.add(resultSource(step as ToolResultStep, read)); // the tag says so
      if (step.type !== 'message') continue;
      const { role, content } = step as MessageStep; // the tag says so
      if (role === 'user') said.add({ step: read, tool: '', leaves: leavesOf(textOf(content)) });
    }
  };
  const look = (value: unknown, blocks: SourceBlocks, before: number, tools: Tools): Tri => {
    catchUp();
    return value === ABSENT ? NO : occurs(value, blocks.lookup(before, tools));
  };
  return {
    inInput: (value, before) => look(value, said, before, null),
    inResults: (value, before, tools) => look(value, results, before, tools),
  };
}

type Tools = readonly string[] | null;

function resultSource({ tool, result, error }: ToolResultStep, step: number): Source {
  const told = typeof error === 'string' ? { message: error } : error;
  return { step, tool: tool ?? '', leaves: leavesOf([result, told]) };
}

/** Sources in blocks, each more than twice as long as the next: a source is put in order anew a few times, and never all of them for one more. */
interface SourceBlocks {
  add(source: Source): void;
  lookup(before: number, tools: Tools): LeafLookup;
}

interface Block {
  readonly sources: readonly Source[];
  readonly origins: Origins;
}

function sourceBlocks(): SourceBlocks {
  const blocks: Block[] = [];
  return {
    add: (source) => {
      let sources: Source[] = [source];
      for (let last = blocks.at(-1); last && last.sources.length <= 2 * sources.length; ) {
        sources = [...last.sources, ...sources];
        blocks.pop();
        last = blocks.at(-1);
      }
      blocks.push({ sources, origins: originsOf(sources) });
    },
    lookup: (before, tools) => {
      const lookups = blocks.map(({ origins }) => origins(before, tools));
      const best = (ask: (one: LeafLookup) => Tri): Tri =>
        lookups.reduce<Tri>((answer, one) => either(answer, ask(one)), NO);
      return {
        text: (text) => best((one) => one.text(text)),
        number: (number) => best((one) => one.number(number)),
      };
    },
  };
}
