import { pointerOf } from '../../json/pointer.ts';
import { suiteYaml } from '../suite-yaml.ts';
import type { CastTool } from './cast-tools.ts';

const HEAD = [
  'What is marked "check" is a guess from names, methods and annotations. What is not said counts as the worst:',
  'a tool without an effect has every effect. No tool is real: each mock answers whatever it is asked.',
];

/** Writes the tools file of a suite about safety, its guesses marked. */
export function safetyTools(tools: readonly CastTool[]): string {
  const remarks = new Map<string, string>();
  for (const { name, tool, guessed } of tools) {
    for (const label of Object.keys(guessed)) remarks.set(pointerOf([name, label]), 'check');
    if (tool.effect === undefined) {
      remarks.set(
        pointerOf([name]),
        'check: its effect is not known, so it counts as every effect',
      );
    }
  }
  const entries = tools.map(({ name, tool }) => [name, written(tool)] as const);
  return suiteYaml(Object.fromEntries(entries), { head: HEAD, remarks });
}

function written({ mock, ...tool }: CastTool['tool']): Record<string, unknown> {
  return { ...tool, ...(mock?.kind === 'entries' && { mock: mock.entries }) };
}
