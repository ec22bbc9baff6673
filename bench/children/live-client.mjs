// An agent that measures: calls the gateway and a bare endpoint with the same answer in turn, and prints the median milliseconds of each.
import { Agent, createServer, request } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** @typedef {{ text: string, type: string }} Answer */

const CALLS = 400;
const WARM_UP = 100;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const content = 'Where is my order? '.repeat(1080); // about 20 KB

if (isMainThread) await measure();
else serve();

async function measure() {
  const gateway = process.env['OPENAI_BASE_URL'] ?? '';
  /** @type {Record<string, number>} */
  const medians = {};
  for (const stream of [false, true]) {
    const body = JSON.stringify({ model: 'm', stream, messages: [{ role: 'user', content }] });
    const answer = await post(gateway, body);
    const worker = new Worker(new URL(import.meta.url), { workerData: answer });
    const bare = await new Promise((resolve) => worker.once('message', resolve));
    /** @type {{ own: number[], bare: number[] }} */
    const times = { own: [], bare: [] };
    for (let call = 0; call < CALLS; call++) {
      const [own, floor] = [await timed(gateway, body, answer), await timed(bare, body, answer)];
      if (call < WARM_UP) continue;
      times.own.push(own);
      times.bare.push(floor);
    }
    await worker.terminate();
    medians[stream ? 'streamed' : 'whole'] = middle(times.own);
    medians[stream ? 'streamedBare' : 'wholeBare'] = middle(times.bare);
  }
  console.log(JSON.stringify(medians));
  process.exit();
}

/**
 * @param {string} url
 * @param {string} body
 * @param {Answer} wanted
 */
async function timed(url, body, wanted) {
  const started = performance.now();
  const { text } = await post(url, body);
  const taken = performance.now() - started;
  if (text.length < wanted.text.length * 0.9) throw new Error(`Cannot measure: answered ${text}`);
  return taken;
}

/**
 * @param {string} url
 * @param {string} body
 * @returns {Promise<Answer>}
 */
function post(url, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const options = { method: 'POST', agent, headers };
    const sent = request(`${url}/chat/completions`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ text, type: response.headers['content-type'] ?? '' }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The bare endpoint, on a thread of its own: reads and parses, and answers always the same. */
function serve() {
  const { text, type } = /** @type {Answer} */ (workerData);
  const server = createServer((asked, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    asked.on('data', (chunk) => chunks.push(chunk));
    asked.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': type }).end(text);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    parentPort?.postMessage(`http://127.0.0.1:${port}/v1`);
  });
}

/** @param {number[]} figures */
function middle(figures) {
  return figures.sort((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}
