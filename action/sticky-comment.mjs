/** The most characters of a comment on GitHub. */
const MOST_CHARACTERS = 65_536;
/** Pages of 100 comments that are looked through. */
const MOST_PAGES = 50;
const TIME_LIMIT_MS = 30_000;
const TOO_LONG = 'The report is too long for a comment: it is among the reports of the job.\n';

/**
 * A place that comments stand in: a pull request, a merge request.
 * @typedef {object} Forge
 * @property {string} comments address of the list, where new ones are posted too
 * @property {(id: number | string) => string} one address of a comment
 * @property {'PATCH' | 'PUT'} method that changes one
 * @property {Record<string, string>} headers
 * @property {(comment: any) => boolean} isOwn whether we wrote it; the marker alone can be written by anybody
 */

/**
 * The body with the marker of its key as the first line, cut down to a pointer where a forge would refuse it.
 * @param {string} text
 * @param {string} key
 */
export function commentBody(text, key) {
  const marker = markerOf(key);
  const own = /^<!-- agentops[^\n]*-->\n/;
  const body = `${marker}\n${text.replace(own, '')}`;
  return body.length <= MOST_CHARACTERS ? body : `${marker}\n${TOO_LONG}`;
}

/** @param {string} key */
function markerOf(key) {
  if (!/^[\w.-]{1,40}$/.test(key)) {
    throw new Error(`Cannot use the comment key "${key}": expected letters, digits, . _ -`);
  }
  return key === 'agentops' ? '<!-- agentops -->' : `<!-- agentops:${key} -->`;
}

/**
 * Changes our comment of that key, or posts the first; says which.
 * @param {Forge} forge
 * @param {string} text
 * @param {string} key
 * @returns {Promise<'changed' | 'posted'>}
 */
export async function stickComment(forge, text, key) {
  const body = commentBody(text, key);
  const known = await ownComment(forge, markerOf(key));
  if (known === null) {
    await ask(forge, 'POST', forge.comments, { body });
    return 'posted';
  }
  await ask(forge, forge.method, forge.one(known), { body });
  return 'changed';
}

/**
 * @param {Forge} forge
 * @param {string} marker
 * @returns {Promise<number | null>}
 */
async function ownComment(forge, marker) {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const found = await ask(forge, 'GET', `${forge.comments}?per_page=100&page=${page}`);
    const own = found.find(
      (/** @type {any} */ one) =>
        forge.isOwn(one) && (one.body === marker || one.body?.startsWith(`${marker}\n`)),
    );
    if (own) return own.id;
    if (found.length < 100) return null;
  }
  return null;
}

/**
 * Asks the interface of a forge; throws what it answered where that is no success.
 * @param {Pick<Forge, 'headers'>} forge
 * @param {string} method
 * @param {string} address
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function ask({ headers }, method, address, body) {
  const response = await fetch(address, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
    redirect: 'error',
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`${method} ${address} answered ${response.status}: ${text.slice(0, 300)}`);
}
