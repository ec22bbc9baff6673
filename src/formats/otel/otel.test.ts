import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { mutationsOf } from '../mutations.test-support.ts';
import { readValues, trajectoriesOf } from '../read-values.test-support.ts';
import { jaeger, otlp } from './otel.ts';

type Told = [
  id: string,
  parent: string,
  name: string,
  start: number,
  tags: Record<string, unknown>,
];

const request = (text: string) =>
  JSON.stringify({ contents: [{ role: 'user', parts: [{ text }] }] });
const response = (...parts: unknown[]) => JSON.stringify({ content: { role: 'model', parts } });
const asked = { function_call: { id: 'c1', name: 'find', args: { n: 1 } } };

const spans: Told[] = [
  ['a', '', 'invoke_agent desk', 0, { 'gen_ai.operation.name': 'invoke_agent' }],
  [
    'm1',
    'a',
    'call_llm',
    1,
    {
      'gen_ai.request.model': 'm',
      'gen_ai.usage.input_tokens': '5',
      'gcp.vertex.agent.llm_request': request('Find it'),
      'gcp.vertex.agent.llm_response': response(asked),
    },
  ],
  [
    'm1b',
    'm1',
    'openai.chat',
    2,
    {
      'gen_ai.request.model': 'm',
      'gen_ai.usage.prompt_tokens': 5,
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.tool_calls.0.name': 'find',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"n":1}',
    },
  ],
  [
    't1',
    'm1b',
    'execute_tool find',
    3,
    {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'find',
      'gen_ai.tool.call.id': 'c1',
      'gcp.vertex.agent.tool_call_args': '{"n":1}',
      'gcp.vertex.agent.tool_response': '{"found":true}',
    },
  ],
  ['t2', 'm1', 'execute_tool (merged tools)', 3, { 'gen_ai.tool.name': '(merged tools)' }],
  [
    'm2',
    'a',
    'chat m',
    9,
    {
      'gen_ai.request.model': 'm',
      'gen_ai.output.messages': JSON.stringify([
        { role: 'assistant', parts: [{ type: 'text', content: 'Found' }] },
      ]),
    },
  ],
];

const ofJaeger = (list: readonly Told[]) => ({
  data: [
    {
      traceID: 't',
      spans: list.map(([spanID, parent, operationName, start, tags]) => ({
        traceID: 't',
        spanID,
        operationName,
        references: [{ refType: 'CHILD_OF', traceID: 't', spanID: parent }],
        startTime: start * 1000,
        duration: 1000,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      })),
    },
  ],
});

const ofOtlp = (list: readonly Told[], keys: [string, string]) => ({
  [keys[0]]: [
    {
      [keys[1]]: [
        {
          spans: list.map(([spanId, parentSpanId, name, start, tags]) => ({
            traceId: 't',
            spanId,
            parentSpanId,
            name,
            startTimeUnixNano: String(start * 1e6),
            endTimeUnixNano: (start + 1) * 1e6,
            attributes: Object.entries(tags).map(([key, value]) => ({
              key,
              value: typeof value === 'number' ? { intValue: `${value}` } : { stringValue: value },
            })),
          })),
        },
      ],
    },
  ],
});

const exported = ofJaeger(spans);
const standard = ofOtlp(spans, ['resourceSpans', 'scopeSpans']);
const tempo = ofOtlp(spans, ['batches', 'instrumentationLibrarySpans']);

const at = (at_ms: number) => ({ actor: 'desk', turn: 1, at_ms });
const steps = [
  { type: 'message', role: 'user', content: 'Find it', turn: 1, at_ms: 0 },
  { type: 'model', model: 'm', usage: { input_tokens: 5 }, ...at(0) },
  { type: 'tool_call', id: 'c1', tool: 'find', args: { n: 1 }, ...at(2) },
  { type: 'tool_result', id: 'c1', tool: 'find', result: { found: true }, ...at(3) },
  { type: 'model', model: 'm', ...at(8) },
  { type: 'message', role: 'assistant', content: 'Found', ...at(8) },
];

describe('jaeger.read() and otlp.read()', () => {
  it('count an exchange once however many layers saw it, and each call once', async () => {
    const items = [
      ...(await readValues(jaeger, [exported])),
      ...(await readValues(otlp, [standard, tempo])),
    ];
    for (const trajectory of trajectoriesOf(items)) {
      expect(trajectory).toMatchObject({ task: 't', stop: 'completed' });
      expect(trajectory.calls).toBeUndefined();
      expect(trajectory.steps).toEqual(steps);
    }
  });

  it('do not take calls that nobody captured for none', async () => {
    const blind = ofJaeger([['m', '', 'chat m', 1, { 'gen_ai.request.model': 'm' }]]);
    const [trajectory] = trajectoriesOf(await readValues(jaeger, [blind]));
    expect(trajectory).toMatchObject({ calls: 'not_captured', stop: null });
  });

  it('refuse spans in which no agent is', async () => {
    const [item] = await readValues(jaeger, [ofJaeger([['g', '', 'GET', 1, {}]])]);
    expect(item).toMatchObject({ fault: expect.stringContaining('no span of an agent') });
  });

  it('keep a call that was asked for and never made', async () => {
    const list = spans.filter(([id]) => id !== 't1');
    const [trajectory] = trajectoriesOf(await readValues(jaeger, [ofJaeger(list)]));
    expect(trajectory?.steps.map(({ type }) => type)).not.toContain('tool_result');
    expect(trajectory?.steps.filter(({ type }) => type === 'tool_call')).toHaveLength(1);
  });

  it('make trajectories or faults with words of whatever stands there', async () => {
    const mutated = fc.oneof(
      mutationsOf(exported).map((value) => ({ format: jaeger, value })),
      mutationsOf(standard).map((value) => ({ format: otlp, value })),
    );
    await fc.assert(
      fc.asyncProperty(mutated, async ({ format, value }) => {
        const items = await readValues(format, [value]);
        expect(items.length).toBeGreaterThan(0);
        for (const item of items) {
          if ('fault' in item) expect(item.fault).toMatch(/\w/);
          else {
            expect(item.trajectory.steps.length).toBeGreaterThan(0);
            expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
          }
        }
      }),
    );
  });
});
