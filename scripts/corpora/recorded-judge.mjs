// A model on the loopback that says again what a judge once said, in the form that is asked for:
//   node recorded-judge.mjs ANSWERS PORTFILE
// The question names the record; the answer echoes the nonce. Ends with the process that started it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [answersFile = '', portFile = ''] = process.argv.slice(2);
/** @type {{ judge_verdict: string, judge_justification: string | null }[]} */
const answers = readFileSync(answersFile, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line));

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { messages } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const question = messages.at(-1).content;
  const [, record] = /^record-(\d+)$/m.exec(question) ?? [];
  const [, nonce = ''] = /\{"nonce": "([^"]+)"/.exec(question) ?? [];
  const said = answers[Number(record)];
  const reason = said?.judge_justification ?? '';
  const content = JSON.stringify({ nonce, reason, steps: [], answer: said?.judge_verdict ?? '' });
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model: 'm', choices, usage }),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  writeFileSync(`${portFile}.new`, String(port));
  renameSync(`${portFile}.new`, portFile); // there at once, and whole
});
process.stdin.on('end', () => process.exit()).resume();
