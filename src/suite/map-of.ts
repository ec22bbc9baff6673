import * as z from 'zod';
import * as core from 'zod/v4/core';
import { isObject } from '../json/object.ts';
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
    for (const key of Object.keys(input)) {
      for (const [type, value] of [
        [def.keyType, key],
        [def.valueType, input[key]],
      ] as const) {
        const result = type._zod.run({ value, issues: [] }, context);
        if (result instanceof Promise) throw new core.$ZodAsyncError();
        addAll(payload.issues, core.util.prefixIssues(key, result.issues));
      }
    }
    return payload;
  };
});

/** Makes the schema of a map from names that users choose to values of one kind. */
export function mapOf(value: z.ZodType, name: z.ZodString): z.ZodType {
  return new MapOf({ type: 'record', keyType: name, valueType: value });
}
