import { stat } from 'node:fs/promises';
import { messageOf } from '../errors.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import { Label } from '../model/label.ts';

/** A line of a file of labels, or why it is none. */
export type LabelLine = { readonly line: number } & (
  | { readonly label: Label }
  | { readonly fault: string }
);

const LONGEST_LINE = 1024 * 1024;

/** Reads labels in their order; nothing where there is no such file. A last line that was cut off is passed over. Throws `disk_fault`. */
export async function* labelLines(file: string): AsyncGenerator<LabelLine> {
  const found = await stat(file).catch(() => null);
  if (found === null || !(found.isFile() || found.isDirectory())) return; // a device may never end
  for await (const lines of readLines(file, { maxBytes: LONGEST_LINE })) {
    for (const line of lines) {
      const read = line.blank ? null : readLabel(line);
      if (read !== null) yield read;
    }
  }
}

function readLabel(line: Line): LabelLine | null {
  const { number, buffer, torn } = line;
  if (buffer === null) return { line: number, fault: 'It is too long' };
  let value: unknown;
  try {
    value = JSON.parse(buffer.toString('utf8'));
  } catch (thrown) {
    return torn ? null : { line: number, fault: `It is not valid JSON: ${messageOf(thrown)}` };
  }
  const { data, error } = Label.safeParse(value);
  if (data) return { line: number, label: data };
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.map(String).join('.')}"` : '';
  return { line: number, fault: `It is no label${where}: ${issue?.message ?? 'not valid'}` };
}
