import { isObject } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';
import type { Span } from './span.ts';

/** The spans of an export in OTLP JSON, under its own names or those of Tempo. Throws `input_fault`. */
export function otlpSpans(value: unknown): Span[] {
  const held = isObject(value) && isObject(value['trace']) ? value['trace'] : value;
  const batches = isObject(held) ? (held['resourceSpans'] ?? held['batches']) : undefined;
  if (!Array.isArray(batches)) throw recordFault('It has no "resourceSpans", expected a list');
  return batches.flatMap((batch, index) => {
    if (!isObject(batch)) throw recordFault(`resourceSpans[${index}] is no object`);
    const { scopeSpans, instrumentationLibrarySpans } = batch;
    const scopes = scopeSpans ?? instrumentationLibrarySpans ?? [];
    const at = `resourceSpans[${index}].scopeSpans`;
    if (!Array.isArray(scopes)) throw recordFault(`${at} is no list`);
    return scopes.flatMap((scope, number) => {
      const spans = isObject(scope) ? (scope['spans'] ?? []) : null;
      if (!Array.isArray(spans)) throw recordFault(`${at}[${number}].spans is no list`);
      return spans.map((span, place) => spanOf(span, `${at}[${number}].spans[${place}]`));
    });
  });
}

function spanOf(value: unknown, at: string): Span {
  if (!isObject(value)) throw recordFault(`${at} is no object`);
  const { traceId, spanId, parentSpanId, name, status } = value;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') {
    throw recordFault(`${at} has no "traceId" and "spanId", expected texts`);
  }
  const start = millis(value['startTimeUnixNano']);
  const code = isObject(status) ? status['code'] : undefined;
  return {
    trace: traceId,
    id: spanId,
    parent: typeof parentSpanId === 'string' && parentSpanId !== '' ? parentSpanId : null,
    name: typeof name === 'string' ? name : '',
    start,
    end: Math.max(start, millis(value['endTimeUnixNano'])),
    attributes: attributesOf(value['attributes'], at),
    failed: code === 2 || code === 'STATUS_CODE_ERROR',
  };
}

function millis(nanos: unknown): number {
  const time = Number(nanos) / 1e6;
  return (typeof nanos === 'string' || typeof nanos === 'number') && Number.isFinite(time)
    ? time
    : 0;
}

function attributesOf(list: unknown, at: string): Span['attributes'] {
  if (list === undefined || list === null) return {};
  if (!Array.isArray(list)) throw recordFault(`${at}.attributes is no list`);
  return Object.fromEntries(
    list.flatMap((one) =>
      isObject(one) && typeof one['key'] === 'string' ? [[one['key'], anyValue(one['value'])]] : [],
    ),
  );
}

/** A value of OTLP, which is wrapped in the name of its type. */
function anyValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [entry] = Object.entries(value);
  if (entry === undefined) return null;
  const [type, held] = entry;
  const values = isObject(held) ? held['values'] : undefined;
  if (!Array.isArray(values)) return type === 'intValue' ? Number(held) : held;
  if (type === 'arrayValue') return values.map(anyValue);
  return Object.fromEntries(
    values.flatMap((one) => (isObject(one) ? [[String(one['key']), anyValue(one['value'])]] : [])),
  );
}
