// Runs trials of a module agent, or a bare loop of the same client, and prints the seconds from the first trial's start to the last one's end.
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [library = '', variant = '', suite = '', out = '', count = '', limit = ''] =
  process.argv.slice(2);
// The very module that the suite runs, beside it
const agents = path.join(path.dirname(suite), 'live-agents.mjs');
/** @type {typeof import('./live-agents.mjs')} */
const { askThrice, clock, DELAY_MS, SAID } = await import(pathToFileURL(agents).href);
const [trials, concurrency] = [Number(count), Number(limit)];

/** The ending of the last trial, in milliseconds. */
let ended = 0;
if (variant === 'bare') await bareLoop();
else await suiteRun();
console.log(JSON.stringify({ seconds: (ended - clock.started) / 1000 }));

async function suiteRun() {
  const { loadSuite, runSuite } = await import(pathToFileURL(library).href);
  const onTrial = () => {
    ended = performance.now();
  };
  const selection = { agents: [variant] };
  const { summary } = await runSuite(await loadSuite(suite), {
    ...{ base: out, concurrency, selection, onTrial },
  });
  if (summary.totals.pass !== trials) {
    throw new Error(`Cannot measure: ${JSON.stringify(summary.totals)}, wanted ${trials} passes`);
  }
}

async function bareLoop() {
  const { url, close } = await bareEndpoint();
  let left = trials;
  clock.started = performance.now();
  const worker = async () => {
    while (left-- > 0) {
      if ((await askThrice(url)) !== SAID) throw new Error('Cannot measure: a wrong answer');
      ended = performance.now();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  close();
}

/** An endpoint of the same kind, which does nothing but wait and answer. */
async function bareEndpoint() {
  const message = { role: 'assistant', content: SAID };
  const answer = Buffer.from(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model: 'scripted',
      choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    }),
  );
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      setTimeout(() => {
        const headers = { 'content-type': 'application/json', 'content-length': answer.length };
        response.writeHead(200, headers).end(answer);
      }, DELAY_MS);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/v1`, close };
}
