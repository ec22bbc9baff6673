import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, textOf } from '../../test/markdown.ts';
import { ScriptedTurn, scriptedRequestKeys } from '../model/script.ts';
import { schemaMessage } from './schema-message.ts';
import { scriptFileSchema } from './script-schema.ts';

const page = 'docs/scripts.md';

describe('docs/scripts.md', () => {
  it.each(blocksOf(page, 'yml'))('shows a sound script at $at', ({ text }) => {
    const { error } = scriptFileSchema.safeParse(parse(text), { error: schemaMessage });
    expect(error?.issues ?? []).toEqual([]);
  });

  it('names every key of a turn and of its "when"', () => {
    const named = [...textOf(page).matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, key]) => key);
    const keys = [...Object.keys(ScriptedTurn.shape), ...scriptedRequestKeys];
    expect([...named].sort()).toEqual([...new Set(keys), 'model'].sort());
  });
});
