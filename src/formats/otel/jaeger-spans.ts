import { isObject } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';
import type { Span } from './span.ts';

/** The spans of an export of Jaeger. Throws `input_fault`. */
export function jaegerSpans(value: unknown): Span[] {
  const traces = isObject(value) ? value['data'] : undefined;
  if (!Array.isArray(traces)) throw recordFault('It has no "data", expected a list of traces');
  return traces.flatMap((trace, index) => {
    const spans = isObject(trace) ? trace['spans'] : undefined;
    if (!Array.isArray(spans)) throw recordFault(`data[${index}].spans is no list`);
    return spans.map((span, number) => spanOf(span, `data[${index}].spans[${number}]`));
  });
}

function spanOf(value: unknown, at: string): Span {
  if (!isObject(value)) throw recordFault(`${at} is no object`);
  const { traceID, spanID, operationName, references } = value;
  if (typeof traceID !== 'string' || typeof spanID !== 'string') {
    throw recordFault(`${at} has no "traceID" and "spanID", expected texts`);
  }
  const parent = (Array.isArray(references) ? references : []).find(
    (one) => isObject(one) && one['refType'] === 'CHILD_OF' && one['traceID'] === traceID,
  )?.spanID;
  const start = micros(value['startTime']);
  const attributes = tagsOf(value['tags'], at);
  return {
    trace: traceID,
    id: spanID,
    parent: typeof parent === 'string' ? parent : null,
    name: typeof operationName === 'string' ? operationName : '',
    start,
    end: start + micros(value['duration']),
    attributes,
    failed: [true, 'true'].includes(attributes['error'] as never) || isError(attributes),
  };
}

function isError(attributes: Span['attributes']): boolean {
  return attributes['otel.status_code'] === 'ERROR';
}

function micros(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value / 1000 : 0;
}

function tagsOf(list: unknown, at: string): Span['attributes'] {
  if (list === undefined || list === null) return {};
  if (!Array.isArray(list)) throw recordFault(`${at}.tags is no list`);
  return Object.fromEntries(
    list.flatMap((tag) =>
      isObject(tag) && typeof tag['key'] === 'string' ? [[tag['key'], tag['value']]] : [],
    ),
  );
}
