// A model that says "pass" after some milliseconds; prints the address that it listens at.
import { createServer } from 'node:http';

const [, , delay = '200'] = process.argv;

const server = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const { messages } = JSON.parse(text);
  const [, nonce = ''] = /\{"nonce": "([^"]+)"/.exec(messages.at(-1).content) ?? [];
  const verdict = { nonce, reason: 'It was paid back.', steps: [], answer: 'pass' };
  const message = { role: 'assistant', content: JSON.stringify(verdict) };
  const usage = { prompt_tokens: 1000, completion_tokens: 30, total_tokens: 1030 };
  const body = JSON.stringify({
    ...{ object: 'chat.completion', model: 'judge', usage },
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  });
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  }, Number(delay));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}/v1`);
});
