/** Serialises a JSON value with sorted keys and no white space, so that equal values give equal text; 1 and 1.0 are one number, −0 is 0. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return canonicalScalar(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as Record<string, unknown>; // an object that is no array has string keys
  const keys = Object.keys(record);
  if (keys.length > 1) keys.sort();
  let text = '';
  for (const key of keys) {
    const inner = record[key];
    if (inner === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${text}}`;
}

function canonicalScalar(value: unknown): string {
  return JSON.stringify(Object.is(value, -0) ? 0 : value) ?? 'null';
}
