const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** What keeps text from being the base address of endpoints; null where nothing does. */
export function baseUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'Expected an address such as https://api.openai.com/v1';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return 'Expected an address that begins with https:// or http://';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Expected an address without a user or a password: a key is named with key_env';
  }
  if (text.includes('?') || text.includes('#')) {
    return 'Expected an address that ends with its path, without "?" or "#"';
  }
  if (/\/(?:chat\/completions|responses|messages)\/?$/.test(url.pathname)) {
    return 'Expected the address before the name of the endpoint, such as one that ends in /v1';
  }
  return null;
}

/** Tells whether what is sent there can be read on the way. */
export function isReadable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}
