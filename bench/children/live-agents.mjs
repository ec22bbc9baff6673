// Module agents that ask their model three times, one after the other, and the client that one of them uses.

/** Milliseconds before a model answers. */
export const DELAY_MS = 100;
/** Calls of one trial, one after the other. */
export const CALLS = 3;
/** Text that models answer with. */
export const SAID = 'It is on its way.';

/** Milliseconds at which the first trial started, NaN before that. */
export const clock = { started: Number.NaN };

function note() {
  if (Number.isNaN(clock.started)) clock.started = performance.now();
}

const body = {
  model: 'scripted',
  messages: [{ role: 'user', content: 'Where is my order 1042?' }],
};

/**
 * Asks without a network.
 * @param {unknown} _task
 * @param {{ askModel(body: object): Promise<any> }} context
 */
export async function inProcess(_task, context) {
  note();
  let answer = null;
  for (let call = 0; call < CALLS; call++) answer = await context.askModel(body);
  return answer.choices[0].message.content;
}

/**
 * Asks over loopback, as an unmodified agent does.
 * @param {unknown} _task
 * @param {{ endpoints(): Promise<Record<string, string>> }} context
 */
export async function overLoopback(_task, context) {
  note();
  const { OPENAI_BASE_URL: url } = await context.endpoints();
  return askThrice(url ?? '');
}

/**
 * The client: three calls, one after the other; gives what the model said last.
 * @param {string} url base URL of an endpoint
 */
export async function askThrice(url) {
  /** @type {any} */
  let answer = null;
  for (let call = 0; call < CALLS; call++) {
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer none' },
      body: JSON.stringify(body),
    });
    answer = await response.json();
  }
  return answer.choices[0].message.content;
}
