/** Values shorter than this are no secrets: they would be found in any text. */
export const LEAST_SECRET = 4;
const LEAST_PART = 8;

/** The ways in which a secret may be written: as it is, in JSON, in a URL, in base64 by itself or inside of something longer. */
export function secretForms(value: string): string[] {
  const forms = new Set([value, JSON.stringify(value).slice(1, -1), ...urlForms(value)]);
  const bytes = Buffer.from(value);
  for (const coding of ['base64', 'base64url'] as const) {
    forms.add(bytes.toString(coding));
    for (const shift of [0, 1, 2]) {
      const part = innerBase64(bytes, shift, coding);
      if (part.length >= LEAST_PART) forms.add(part);
    }
  }
  return [...forms].filter((form) => form.length >= LEAST_SECRET);
}

function urlForms(value: string): string[] {
  try {
    const encoded = encodeURIComponent(value);
    const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    const strict = encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
    return [encoded, lower, strict, encoded.replaceAll('%20', '+')];
  } catch {
    return []; // half a surrogate pair has no form in a URL
  }
}

/** The characters that base64 gives to bytes that `shift` others precede, less those that neighbours change. */
function innerBase64(bytes: Buffer, shift: number, coding: 'base64' | 'base64url'): string {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
  const start = Math.ceil((shift * 8) / 6);
  return shifted.toString(coding).slice(start, Math.floor((shifted.length * 8) / 6));
}
