import * as z from 'zod';
import * as core from 'zod/v4/core';
import { isObject } from '../json/object.ts';
import { ON_KEY } from '../match/schema.ts';
import { addAll } from './add-all.ts';

type MapType = z.ZodRecord<z.ZodString, z.ZodType>;

const asRecord: (inst: MapType, def: MapType['_zod']['def']) => void = z.ZodRecord.init;

/** A record that validates every own key, `__proto__` as well, and leaves the value as it was written. */
const MapOf = core.$constructor<MapType>('MapOf', (inst, def) => {
  asRecord(inst, def);
  inst._zod.parse = (payload, context) => {
    const input = payload.value;
    if (!isObject(input)) {
      payload.issues.push({ code: 'invalid_type', expected: 'record', input, inst });
      return payload;
    }
    const issuesOf = (type: z.ZodType | z.ZodString, value: unknown) => {
      const result = type._zod.run({ value, issues: [] }, context);
      if (result instanceof Promise) throw new core.$ZodAsyncError();
      return result.issues;
    };
    for (const key of Object.keys(input)) {
      const unnameable = issuesOf(def.keyType, key).map((issue) =>
        core.util.finalizeIssue(issue, context, core.config()),
      );
      for (const { message } of unnameable) {
        const issue = { code: 'custom', message, params: ON_KEY, input: key, path: [key], inst };
        payload.issues.push(issue as core.$ZodRawIssue); // no kind of issue of its own has params
      }
      addAll(payload.issues, core.util.prefixIssues(key, issuesOf(def.valueType, input[key])));
    }
    return payload;
  };
});

/** Makes the schema of a map from names that users choose to values of one kind. */
export function mapOf<Value extends z.ZodType>(
  value: Value,
  name: z.ZodString = z.string(),
): z.ZodType<Record<string, z.infer<Value>>> {
  const map: z.ZodType = new MapOf({ type: 'record', keyType: name, valueType: value });
  return map as z.ZodType<Record<string, z.infer<Value>>>; // each value is validated as one
}
