import { terminalLine, terminalLines } from './terminal-text.ts';

/** What an annotation is about. */
export interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly at?: { readonly file: string; readonly line: number };
}

const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 4000;
const LONGEST_PATH = 1000;

/** A workflow command of GitHub as one line; text from outside can neither end it nor add a property to it. */
export function workflowCommand({ kind, title, message, at }: Annotation): string {
  const properties = [
    ...(at ? [`file=${property(at.file, LONGEST_PATH)}`, `line=${at.line}`] : []),
    `title=${property(title, LONGEST_TITLE)}`,
  ];
  const text = terminalLines(message.slice(0, LONGEST_MESSAGE)).join('\n');
  return `::${kind} ${properties.join(',')}::${escaped(text)}\n`;
}

function property(text: string, longest: number): string {
  return escaped(terminalLine(text.slice(0, longest)))
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
