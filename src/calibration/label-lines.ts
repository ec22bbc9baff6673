import { stat } from 'node:fs/promises';
import { Label } from '../model/label.ts';
import { jsonLines, type ParsedLine } from './json-lines.ts';

/** A line of a file of labels, or why it is none. */
export type LabelLine = { readonly line: number } & (
  | { readonly label: Label }
  | { readonly fault: string }
);

/** Reads labels one by one with all that they hold, in their order. A last line that was cut off is passed over. Throws `input_fault` or `disk_fault`. */
export async function* labelLines(file: string): AsyncGenerator<LabelLine> {
  for await (const parsed of jsonLines(file)) yield labelLine(parsed);
}

/** The same, and nothing where there is no such file. */
export async function* labelLinesSoFar(file: string): AsyncGenerator<LabelLine> {
  const found = await stat(file).catch(() => null);
  if (found === null || !(found.isFile() || found.isDirectory())) return; // a device may never end
  yield* labelLines(file);
}

function labelLine(parsed: ParsedLine): LabelLine {
  if ('fault' in parsed) return parsed;
  const { line, value } = parsed;
  const { data, error } = Label.safeParse(value);
  if (data) return { line, label: data };
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.map(String).join('.')}"` : '';
  return { line, fault: `The line is no label${where}: ${issue?.message ?? 'not valid'}` };
}
