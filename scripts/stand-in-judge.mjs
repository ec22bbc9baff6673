// A stand-in for the models of judges: answers from what people wrote down, by what it is shown. It records the bundled suites, as no real model is at hand offline.
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (/** @type {string} */ file) => parse(readFileSync(path.join(root, file), 'utf8'));

/** @type {Record<string, { polite: number[], solved: string[] }>} */
const written = read('fixtures/support-quality/answers.yaml');
const rubrics = readdirSync(path.join(root, 'rubrics')).map((file) => read(`rubrics/${file}`));
/** @type {Record<string, string>} */
const REASONS = {
  1: 'It blames the customer.',
  2: 'It is curt, and blames the customer.',
  3: 'It is correct and bare.',
  4: 'It is friendly and plain.',
  5: 'It takes the customer seriously, in plain words.',
  pass: 'It was done as it should be, and told truly.',
  fail: 'It was not done, or told wrongly.',
};
const PANEL = ['stand-in-a', 'stand-in-b', 'stand-in-c'];

/**
 * What a request shows and wants.
 * @typedef {{ prompt: string, texts: string[], model: string, vote: number, values: (string | number)[], nonce: string }} Asked
 */

/** @param {any} body of a chat completion */
function readRequest(body) {
  const prompt = body.messages.at(-1).content;
  const lines = prompt
    .split('\n')
    .filter((/** @type {string} */ line) => line.startsWith('{"step"'));
  const texts = lines.flatMap((/** @type {string} */ line) => {
    const { text, args } = JSON.parse(line);
    return [text, args].filter((one) => one !== undefined).map((one) => one.replaceAll('▁', ' '));
  });
  const { answer } = body.response_format.json_schema.schema.properties;
  const values = answer.enum ?? [answer.minimum, answer.maximum];
  const [, nonce = ''] = /\{"nonce": "([^"]+)"/.exec(prompt) ?? [];
  return { prompt, texts, model: body.model, vote: body.seed, values, nonce };
}

/** @param {string} prompt */
function readyRubric(prompt) {
  return rubrics.find(({ text }) => prompt.includes(text.trim()));
}

/**
 * @param {Asked} asked
 * @returns {string | number}
 */
function answerTo({ prompt, texts, model, vote, values }) {
  const rubric = readyRubric(prompt);
  if (rubric) return knownAnswer(rubric, texts) ?? goodAnswer(texts, values);
  const [order = ''] = /\b2[12]\d\d\b/.exec(texts.join(' ')) ?? [];
  const { polite, solved } = written[order] ?? { polite: [], solved: [] };
  const answer = typeof values[0] === 'number' ? polite[vote - 1] : solved[PANEL.indexOf(model)];
  if (answer === undefined)
    throw new Error(`Nobody wrote down what is said about order "${order}"`);
  return answer;
}

/**
 * The answer to the known trial that the texts are of, undefined where there is none.
 * @param {any} rubric
 * @param {string[]} texts
 */
function knownAnswer({ known }, texts) {
  return known.find((/** @type {any} */ { steps }) => {
    const own = steps.flatMap((/** @type {any} */ { content, args }) =>
      [content, args && JSON.stringify(args)].filter((one) => typeof one === 'string'),
    );
    return texts.every((text) => own.includes(text));
  })?.answer;
}

/**
 * What is said of trials that are no canaries: well done, but for a call with what nobody asked for.
 * @param {string[]} texts
 * @param {(string | number)[]} values
 */
function goodAnswer(texts, values) {
  const isWrong = texts.some((text) => /^\{.*(High Street|32)/.test(text));
  return (
    (isWrong ? values.at(-1) : typeof values[0] === 'number' ? values.at(-1) : values[0]) ?? ''
  );
}

/** Starts the stand-in; gives what stands as `OPENAI_BASE_URL`. */
export async function startStandIn() {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    const asked = readRequest(JSON.parse(text));
    const answer = answerTo(asked);
    const isReady = readyRubric(asked.prompt) !== undefined;
    const reason = isReady ? 'As the author of the rubric has it.' : REASONS[answer];
    const verdict = { nonce: asked.nonce, reason, steps: [], answer };
    const message = { role: 'assistant', content: JSON.stringify(verdict) };
    const body = {
      ...{ object: 'chat.completion', model: asked.model },
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: { prompt_tokens: Math.ceil(asked.prompt.length / 4), completion_tokens: 40 },
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}
