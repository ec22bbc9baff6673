/** Text in which secrets are replaced: neither an agent nor a message may show a key that an endpoint echoes. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
}
