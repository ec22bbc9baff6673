import type { Call } from '../../match/calls.ts';
import { REDACTED } from '../../match/same-json.ts';
import { NOT_KNOWN } from '../../match/tri.ts';
import type { View } from '../../match/view.ts';
import type { Tool, Tools } from '../../model/tool.ts';
import type { ToolCallStep } from '../../model/trajectory.ts';
import { type LeafText, leafTexts } from './leaf-texts.ts';

/** A text that an agent let out: said, or given to a tool. */
export interface Sink {
  readonly step: number;
  readonly text: string;
  /** The call that was given it, null where it was said. */
  readonly call: Call | null;
  /** JSON Pointer into the arguments. */
  readonly path: () => string;
}

/** Everything that went out, and the steps of which that is not known in full. */
export interface Sinks {
  readonly found: readonly Sink[];
  readonly unknown: readonly { readonly step: number; readonly why: string }[];
}

/** A tool as it is declared; undefined where nobody did. */
export function declared(tools: Tools | null, name: string): Tool | undefined {
  return tools && Object.hasOwn(tools, name) ? tools[name] : undefined;
}

/** Gathers what was given to some tools, and what was said if that counts, in the order of steps. */
export function sinksOf(view: View, isTo: (tool: string) => boolean, says: boolean): Sinks {
  const found: Sink[] = [];
  const unknown: { step: number; why: string }[] = [];
  const sinks = { found, unknown };
  for (const call of view.calls) if (isTo(call.tool)) addCall(sinks, call, view);
  if (says) addSaid(sinks, view);
  return { found: found.sort((a, b) => a.step - b.step), unknown };
}

type Gathered = { found: Sink[]; unknown: { step: number; why: string }[] };

function addCall({ found, unknown }: Gathered, call: Call, view: View): void {
  const { step, args, asked } = call;
  const add = (leaves: readonly LeafText[]) => {
    for (const { text, path } of leaves) {
      found.push({ step, text, call, path });
      if (text.includes(REDACTED))
        unknown.push({ step, why: `gives ${call.tool} a redacted text` });
    }
  };
  const { args_raw: raw } = view.whole.steps[step] as ToolCallStep; // the step of a call
  if (declared(view.tools, call.tool) === undefined) add([{ text: call.tool, path: () => '' }]);
  if (args !== NOT_KNOWN) add(leafTexts(args));
  if (asked !== args && asked !== NOT_KNOWN) add(leafTexts(asked));
  if (asked !== NOT_KNOWN) return;
  if (typeof raw === 'string') add([{ text: raw, path: () => '' }]);
  unknown.push({ step, why: `calls ${call.tool} with arguments that are not known` });
}

function addSaid({ found, unknown }: Gathered, view: View): void {
  for (const { step, text, parts } of view.said()) {
    if (text !== '') found.push({ step, text, call: null, path: () => '' });
    if (text.includes(REDACTED)) unknown.push({ step, why: 'says a redacted text' });
    if (parts) unknown.push({ step, why: 'says something that is not text' });
  }
}
