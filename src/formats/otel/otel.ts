import { isObject } from '../../json/object.ts';
import { eachPart } from '../each-part.ts';
import type { Format } from '../format.ts';
import { jaegerSpans } from './jaeger-spans.ts';
import { otlpSpans } from './otlp-spans.ts';
import { tracesIn } from './trace-trajectories.ts';

/** Traces of agents in OTLP JSON, as collectors and Tempo export them. */
export const otlp: Format = {
  key: 'otlp',
  words: 'OpenTelemetry traces of agents in OTLP JSON, also as Tempo exports them',
  detect: (values) => (values.some(isOtlp) ? 0.9 : 0),
  read: (records, options) =>
    eachPart(records, (value) => tracesIn(otlpSpans(value), 'otlp', options)),
};

/** Traces of agents as Jaeger exports them. */
export const jaeger: Format = {
  key: 'jaeger',
  words: 'OpenTelemetry traces of agents as Jaeger exports them',
  detect: (values) => (values.some(isJaeger) ? 0.9 : 0),
  read: (records, options) =>
    eachPart(records, (value) => tracesIn(jaegerSpans(value), 'jaeger', options)),
};

function isOtlp(value: unknown): boolean {
  const held = isObject(value) && isObject(value['trace']) ? value['trace'] : value;
  return isObject(held) && Array.isArray(held['resourceSpans'] ?? held['batches']);
}

function isJaeger(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value['data'])) return false;
  return value['data'].some(
    (trace) => isObject(trace) && 'traceID' in trace && Array.isArray(trace['spans']),
  );
}
