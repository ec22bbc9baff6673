// Spawns a program so many times, a few at once, gives each what an agent is given, and prints the seconds it took.
import { spawn } from 'node:child_process';

const [program = '', protocol = '', count = '', limit = ''] = process.argv.slice(2);
const start = { type: 'start', protocol: 1, input: 'Where is my order 1042?', messages: [] };
const told = [start, { type: 'end' }].map((message) => `${JSON.stringify(message)}\n`).join('');

let left = Number(count);
const started = performance.now();
await Promise.all(Array.from({ length: Number(limit) }, worker));
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));

async function worker() {
  while (left-- > 0) await once();
}

/** @returns {Promise<void>} */
function once() {
  return new Promise((resolve, reject) => {
    // In a group of its own, as agents are: a busy Linux may share its processors out by these
    const child = spawn(process.execPath, [program, protocol], { detached: true });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('close', () => {
      if (text.includes('It is on its way.')) resolve();
      else reject(new Error(`Cannot measure: the program printed ${JSON.stringify(text)}`));
    });
    child.stdin.end(told);
  });
}
