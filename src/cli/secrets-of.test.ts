import { expect, test } from 'vitest';
import type { Suite } from '../model/suite.ts';
import { secretsOf } from './secrets-of.ts';

test('secretsOf() finds what an agent is given in secret by its name, or by a password in it', () => {
  const environment = {
    API_TOKEN: 'a',
    GH_PAT: 'b',
    DB: 'postgres://user:hunter2@db/shop',
    PATTERN: 'c',
    SITE: 'https://example.com/a:b@c',
    DEBUG: 'true',
  };
  const config = { run: ['agent'], env: Object.keys(environment) };
  const agents = [{ name: 'a', kind: 'command', config, at: { file: '', line: 1, column: 1 } }];
  const suite = { agents } as Partial<Suite> as Suite; // what is looked at
  expect(Object.keys(secretsOf(null, [suite], environment))).toEqual(['API_TOKEN', 'GH_PAT', 'DB']);
});
