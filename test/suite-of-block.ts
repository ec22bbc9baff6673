import { suiteKinds } from '../src/cli/registries.ts';

const HEAD =
  'suite: block\nagents: { recorded: { replay: ../fixtures/shop/v1.trajectories.jsonl } }\n';
const NAME = 'suite: block\n';
const TASKS = 'tasks:\n  - id: only\n    input: Go on.\n';
const EXPECTED = `${TASKS}    expect:\n`;
const SUITE_KEYS = [
  'description',
  'agents',
  'tools',
  'limits',
  'trials',
  'pass',
  'gate',
  'expect',
  'attacks',
  'judges',
];

/** Makes a suite of a YAML block: the block itself where it is one, else a suite in which the block stands where its first key belongs. */
export function suiteOfBlock(text: string): string {
  const [first = ''] = /^[\w-]+(?=:)/m.exec(text) ?? [];
  if (first === 'suite') return text;
  if (first === 'tasks') return HEAD + text;
  if (suiteKinds.judges.some(({ key }) => key === first))
    return HEAD + EXPECTED + indented(text, 6);
  const rest = `${EXPECTED}      answer: Done.\n`;
  if (first === 'agents') return NAME + text + rest;
  if (SUITE_KEYS.includes(first)) return HEAD + text + rest;
  return `${HEAD}tools:\n${indented(text, 2)}${rest}`;
}

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
