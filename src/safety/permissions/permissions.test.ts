import { describe, expect, it } from 'vitest';
import type { Policy } from '../../model/policy.ts';
import { narrowerPolicy } from './narrower-policy.ts';
import { type Grants, permissionsOf } from './permissions.ts';
import type { StatusCounts, ToolUse, Uses } from './tool-uses.ts';

const none: StatusCounts = { ok: 0, failed: 0, blocked: 0, unknown: 0 };
const use = (tool: string, calls: Partial<StatusCounts> = { ok: 1 }): ToolUse => ({
  tool,
  calls: { ...none, ...calls },
  attacked: none,
  args: [],
  unknown_args: 0,
});
const attacked = (tool: string): ToolUse => ({ ...use(tool, {}), attacked: { ...none, ok: 1 } });
const usesOf = (...actors: readonly (readonly [string | null, readonly ToolUse[]])[]): Uses => ({
  trials: 1,
  attacked: 0,
  unread: 0,
  user_calls: 0,
  actors: new Map(actors),
});

const tools = { get: {}, list: {}, send: {}, constructor: {} };

describe('permissionsOf()', () => {
  it.each<[string, Grants, string | null, readonly string[] | null]>([
    ['all declared tools without a policy', { tools, policy: null }, null, Object.keys(tools)],
    ['those of the policy', { tools, policy: { tools: ['get'] } }, null, ['get']],
    [
      'all declared tools where a policy names none',
      { tools, policy: { deny: ['get'] } },
      null,
      Object.keys(tools),
    ],
    ['what a wildcard stands for', { tools, policy: { tools: ['*t'] } }, null, ['get', 'list']],
    [
      'a wildcard that stands for nothing declared',
      { tools, policy: { tools: ['x*'] } },
      null,
      ['x*'],
    ],
    [
      'those of the actor',
      { tools, policy: { tools: ['get'], actors: { a: ['send'] } } },
      'a',
      ['send'],
    ],
    [
      'nothing to an actor without a list where others have one',
      { tools, policy: { tools: ['get'], actors: { a: [] } } },
      'b',
      [],
    ],
    [
      'nothing to nobody where actors have lists',
      { tools, policy: { actors: { a: ['send'] } } },
      null,
      [],
    ],
    [
      'nothing to an actor named like what every object has',
      { tools, policy: { actors: { a: ['send'] } } },
      'constructor',
      [],
    ],
    [
      'the tool that asks as well',
      { tools, policy: { tools: [], approval_tool: 'ask' } },
      null,
      ['ask'],
    ],
    ['nobody knows what, in a run that does not tell', {}, null, null],
    ['anything where nothing is declared', { tools: null, policy: null }, null, null],
  ])('grants %s', (_what, grants, actor, granted) => {
    const found = permissionsOf(usesOf([actor, []]), grants);
    expect(found.find((one) => one.actor === actor)?.granted).toEqual(granted);
  });

  it('tells what is unused, used and not granted, and used only under attack', () => {
    const used = [use('get'), use('list', { blocked: 2 }), use('odd'), attacked('send')];
    const [one] = permissionsOf(usesOf([null, used]), { tools, policy: null });
    expect(one).toMatchObject({
      unused: ['list', 'send', 'constructor'],
      ungranted: ['odd'],
      only_under_attack: ['send'],
    });
  });

  it('tells nothing of the tool that asks, which is always allowed', () => {
    const policy = { tools: ['get', 'ask'], approval_tool: 'ask' };
    expect(permissionsOf(usesOf([null, []]), { tools, policy })[0]?.unused).toEqual(['get']);
  });

  it('lists actors that are granted tools and did nothing', () => {
    const policy = { actors: { a: ['get'], b: ['send'] } };
    const found = permissionsOf(usesOf(['a', [use('get')]]), { tools, policy });
    expect(found.map(({ actor, unused }) => [actor, unused])).toEqual([
      ['a', []],
      ['b', ['send']],
    ]);
  });
});

describe('narrowerPolicy()', () => {
  const proposed = (uses: Uses, policy: Policy | null = null, declared: Grants['tools'] = tools) =>
    narrowerPolicy(permissionsOf(uses, { tools: declared, policy }), policy);

  it('grants what ran, and neither what was blocked, nor used under attack, nor never granted', () => {
    const used = [use('get'), use('list', { blocked: 1 }), use('odd'), attacked('send')];
    expect(proposed(usesOf([null, used])).policy).toEqual({ tools: ['get'] });
    expect(proposed(usesOf([null, []])).policy).toEqual({ tools: [] });
  });

  it('keeps the rest of the policy', () => {
    const rest: Policy = { deny: [{ send: null }], approve: ['get'], on_violation: 'observe' };
    const { policy } = proposed(usesOf([null, [use('get')]]), { tools: ['get', 'send'], ...rest });
    expect(policy).toEqual({ tools: ['get'], ...rest });
  });

  it('grants by actor where actors act', () => {
    const uses = usesOf(['a', [use('get')]], ['constructor', [use('list')]]);
    expect(proposed(uses).policy).toEqual({ actors: { a: ['get'], constructor: ['list'] } });
  });

  it('names no actor that is granted nothing, unless the policy did', () => {
    const blocked = [use('send', { blocked: 1 })];
    const uses = usesOf(['a', [use('get')]], ['ghost', blocked]);
    expect(proposed(uses).policy).toEqual({ actors: { a: ['get'] } });
    const actors = { a: ['get'], idle: ['get'] };
    expect(proposed(uses, { actors }).policy).toEqual({ actors: { a: ['get'], idle: [] } });
  });

  it('grants to all alike, and says so, where some calls name no actor', () => {
    const { policy, notes } = proposed(
      usesOf(['a', [use('get')]], [null, [use('get'), use('list')]]),
    );
    expect(policy).toEqual({ tools: ['get', 'list'] });
    expect(notes).toEqual([expect.stringContaining('granted to all actors alike')]);
  });

  it('gives no actor what only another was granted', () => {
    const policy = { actors: { a: ['get'], b: ['send'] } };
    const uses = usesOf(
      ['a', [use('get'), use('send')]],
      ['b', [use('send')]],
      [null, [use('list')]],
    );
    const found = proposed(uses, policy);
    expect(found.policy).toEqual({ actors: { a: ['get'], b: ['send'] } });
    expect(found.notes).toEqual([expect.stringContaining('stay violations')]);
  });

  it('leaves out, and says so, what would name other tools or nothing', () => {
    const found = proposed(usesOf([null, [use('g*'), use('a\u0007'), use('get')]]), null, null);
    expect(found.policy).toEqual({ tools: ['get'] });
    expect(found.notes).toHaveLength(2);
    const actors = proposed(usesOf(['\u001b[31m', [use('get')]], ['a', [use('list')]]));
    expect(actors.policy).toEqual({ actors: { a: ['list'] } });
    expect(actors.notes).toEqual([expect.stringContaining('"\\u001b[31m" is left out')]);
  });
});
