import { describe, expect, it } from 'vitest';
import { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { displayWidth } from './display-width.ts';
import { createInk } from './ink.ts';
import { joinLines } from './join-lines.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';
import { trialLines } from './trial-view.ts';

const HOSTILE = `\u001b[2J\r\n::error::x\n  ::error::y ##vso[z]\u202e\u0000\ud800`;

function recording(steps: unknown[]): Trajectory {
  return Trajectory.parse({
    schema_version: 1,
    task: 'refund-late-order',
    agent: 'recorded',
    trial: 1,
    steps,
    stop: 'completed',
  });
}

async function show(
  trajectory: Trajectory | null,
  trial: Partial<TrialResult> = {},
  { full = false, width = 100 }: { full?: boolean; width?: number } = {},
): Promise<string> {
  const run = sampleRun([{ task: 'refund-late-order', trials: [trial] }]);
  const ink = await createInk({ colour: false, width, ascii: false });
  let text = '';
  for await (const result of run.trials()) {
    text += joinLines(trialLines({ row: run.plan.rows[0], result, trajectory }, ink, full));
  }
  return text;
}

const refund = recording([
  { type: 'message', role: 'user', content: 'My order 1042 is late.' },
  {
    type: 'model',
    model: 'gpt-5-mini',
    usage: { input_tokens: 812, output_tokens: 64 },
    cost_usd: 0.0004,
  },
  {
    type: 'tool_call',
    id: 'a',
    tool: 'get_order',
    args: { order_id: '1042' },
    actor: 'billing',
    at_ms: 420,
  },
  { type: 'tool_call', id: 'b', tool: 'refund_order', args: { amount: 99 } },
  {
    type: 'approval',
    id: 'b',
    decision: 'modify',
    by: 'human',
    args: { amount: 40 },
    reason: 'Shipping kept',
  },
  { type: 'tool_result', id: 'b', error: { code: 'timeout', message: 'Timed out' } },
  { type: 'tool_result', id: 'a', result: { total: 42.5 }, at_ms: 1500 },
  { type: 'handoff', from: 'triage', to: 'billing' },
  { type: 'message', role: 'assistant', content: 'Refunded.' },
  { type: 'tool_call', id: 'c', tool: 'log', args_missing: 'not_captured' },
]);

describe('trialLines()', () => {
  it('says how far the trial reached, and draws its hand-overs', async () => {
    const handoffs = [
      { type: 'handoff', from: 'triage', to: 'billing' },
      { type: 'handoff', from: 'billing', to: 'triage' },
    ];
    const counts = { writes: 1, irreversible: 0, reversible: 1, external: 0, blocked: 0 };
    const text = await show(recording(handoffs), { blast_radius: { ...counts, changed: null } });
    expect(text).toContain('\n  1 write, 1 of 1 can be undone\n');
    expect(text).toContain('Hand-overs\n  triage   billing\n0 │───────→│\n1 │←───────│\n\nSteps');
  });

  it('draws the hand-overs of a verdict that tells them', async () => {
    const handoffs = [
      { from: 'a', to: '\u001b[2J', step: 4 },
      { from: 'b', to: 'a', step: 6 },
    ];
    const verdict = sampleVerdict({ path: 'expect.handoffs', details: { handoffs, omitted: 3 } });
    const text = await show(null, { status: 'fail', verdicts: [verdict] });
    expect(text).toContain('      4 │──');
    expect(text).toContain('… 3 more hand-overs');
    expect(text).not.toContain('\u001b');
    const one = sampleVerdict({ ...verdict, details: { handoffs: handoffs.slice(0, 1) } });
    expect(await show(null, { status: 'fail', verdicts: [one] })).not.toContain('│');
    const odd = sampleVerdict({ path: 'expect.handoffs', details: { handoffs: [{ from: 1 }] } });
    expect(await show(null, { status: 'fail', verdicts: [odd] })).not.toContain('│');
  });

  it('shows each step once, decisions and results under their calls, and what judges point at', async () => {
    const text = await show(refund, {
      status: 'fail',
      score: 0.5,
      cost_usd: 0.0004,
      verdicts: [
        sampleVerdict({ path: 'expect.calls.exact', reason: 'the amount differs', evidence: [3] }),
        sampleVerdict({
          path: 'expect.answer',
          status: 'pass',
          score: 1,
          reason: 'it matches',
          evidence: [8],
        }),
      ],
    });
    expect(text).toBe(
      [
        '✗ refund-late-order · trial 1 of 1 · shop-support by recorded',
        '  fail · score 0.50 · stop completed · 2 turns · 1 call · $0.0004',
        `  trial 0-0${'0'.repeat(61)}`,
        '',
        'Hand-overs',
        '  triage   billing',
        '7 │───────→│',
        '',
        'Steps',
        '   0        user      message  My order 1042 is late.',
        '   1                  model    gpt-5-mini: 812 tokens in, 64 out, $0.0004',
        '   2 420 ms billing   call     get_order(order_id: "1042")',
        '   6  1.5 s           result   → { total: 42.5 }',
        '✗  3        agent     call     refund_order(amount: 99)',
        '                               ✗ expect.calls.exact',
        '   4        human     approval modify with { amount: 40 }: Shipping kept',
        '   5                  result   → error { code: "timeout", message: "Timed out" }',
        '   7        triage    handoff  to billing',
        '✓  8        assistant message  Refunded.',
        '   9        agent     call     log(arguments not captured)',
        '                               → no result',
        '',
        'Verdicts',
        '  ✗ expect.calls.exact: the amount differs',
        '      step 3',
        '  ✓ expect.answer: it matches',
        '      step 8',
        '',
      ].join('\n'),
    );
  });

  it('cuts a step of huge size with a note, and shows all of it when asked', async () => {
    const long = recording([{ type: 'message', role: 'user', content: 'word '.repeat(20_000) }]);
    const cut = await show(long);
    expect(cut.split('\n').length).toBeLessThan(30);
    expect(cut).toContain('… 100,000 characters in all: --full shows them');
    expect((await show(long, {}, { full: true })).match(/word/g)).toHaveLength(20_000);
  });

  it('names numbers that JSON cannot hold, in short arguments and in long ones', async () => {
    const args = JSON.parse('{"n":1e400}');
    const call = (more: object) => ({
      type: 'tool_call',
      tool: 'boom',
      args: { ...args, ...more },
    });
    expect(await show(recording([call({})]))).toContain('boom(n: Infinity)');
    expect(await show(recording([call({ text: 'x'.repeat(300) })]))).toContain('"n": "Infinity"');
  });

  it('leaves out the middle of a very long trajectory and counts it', async () => {
    const long = recording(
      Array.from({ length: 5000 }, (_, index) => ({
        type: 'message',
        role: 'user',
        content: `number ${index}`,
      })),
    );
    const text = await show(long);
    expect(text).toContain('number 299\n… 4,600 more steps: --full shows all\n');
    expect(text).toContain('number 4900\n');
    expect(await show(long, {}, { full: true })).toContain('number 3000\n');
  });

  it('says what is wrong with the pairing and still shows every step', async () => {
    const text = await show(recording([{ type: 'tool_result', id: 'x', result: 1 }]));
    expect(text).toContain('! Step 0 is a result with the id "x" that no call awaits');
    expect(text).toContain('result   → 1');
  });

  it('says so where no trajectory was kept', async () => {
    const text = await show(null, { status: 'error', reason: 'Line 3 cannot be read' });
    expect(text).toContain('No trajectory was kept for this trial');
    expect(text).toContain('  Line 3 cannot be read');
  });

  it('neither steers the terminal nor speaks to a CI system, whatever the steps hold', async () => {
    const text = await show(
      recording([
        { type: 'message', role: 'user', content: HOSTILE },
        {
          type: 'message',
          role: 'assistant',
          content: [{ type: HOSTILE, text: HOSTILE }],
          actor: HOSTILE,
        },
        { type: 'tool_call', id: HOSTILE, tool: HOSTILE, args: { [HOSTILE]: HOSTILE } },
        { type: 'tool_result', id: HOSTILE, error: HOSTILE },
        { type: 'tool_call', tool: 'x', args_missing: 'unparsable', args_raw: HOSTILE },
        { type: 'handoff', from: HOSTILE, to: HOSTILE },
        { type: 'approval', decision: 'deny', by: HOSTILE, reason: HOSTILE },
        { type: `x-${HOSTILE}` },
      ]),
      {
        reason: HOSTILE,
        verdicts: [sampleVerdict({ path: HOSTILE, reason: HOSTILE, evidence: [0] })],
      },
      { width: 40 },
    );
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('##vso[');
  });

  it('fits a narrow terminal', async () => {
    for (const line of (
      await show(refund, { verdicts: [sampleVerdict({ evidence: [3] })] }, { width: 24 })
    ).split('\n')) {
      expect(line).toBe(line.trimEnd());
      expect(displayWidth(line)).toBeLessThanOrEqual(33);
    }
  });
});
