/** Expectations as written and validated: values by judge key. */
export type Expectations = Readonly<Record<string, unknown>>;
