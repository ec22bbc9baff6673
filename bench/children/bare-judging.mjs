// Posts the same prompt so many times, so many at once, and reads the answers: what no harness can be faster than. Prints the seconds that it took.
const [, , url = '', count = '', atOnce = ''] = process.argv;

const content = `${'What an agent did, and a rubric. '.repeat(150)}{"nonce": "0123456789abcdef"`;
const body = JSON.stringify({ model: 'judge', messages: [{ role: 'user', content }] });
const headers = { 'content-type': 'application/json' };
let left = Number(count);

async function worker() {
  while (left-- > 0) {
    const response = await fetch(`${url}/chat/completions`, { method: 'POST', headers, body });
    await response.json();
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: Number(atOnce) }, worker));
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
