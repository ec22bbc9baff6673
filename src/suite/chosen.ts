import * as z from 'zod';
import * as core from 'zod/v4/core';

/** Index of the variant that a value means, or the message of a fault where it means none. */
export type Pick = (value: unknown) => number | string;

interface ChosenType extends z.ZodUnion {
  _zod: z.ZodUnion['_zod'] & { def: z.ZodUnion['_zod']['def'] & { pick: Pick } };
}

const asUnion: (inst: ChosenType, def: ChosenType['_zod']['def']) => void = z.ZodUnion.init;

/** A union whose variant is picked before it is validated, so that its faults speak of that variant only; as a JSON Schema it shows them all. */
const Chosen = core.$constructor<ChosenType>('Chosen', (inst, def) => {
  asUnion(inst, def);
  inst._zod.parse = (payload, context) => {
    const picked = def.pick(payload.value);
    const variant = typeof picked === 'number' ? def.options[picked] : undefined;
    if (variant) return variant._zod.run(payload, context);
    const message = typeof picked === 'string' ? picked : 'Not valid';
    payload.issues.push({ code: 'custom', message, input: payload.value, inst });
    return payload;
  };
});

/** Makes a union whose variant is chosen by looking at the value. */
export function chosen(pick: Pick, ...variants: readonly z.ZodType[]): z.ZodType {
  return new Chosen({ type: 'union', options: variants, pick });
}
