// A small agent: answers what it is given, in the line protocol or in none.
import { createInterface } from 'node:readline';

const [protocol = ''] = process.argv.slice(2);

if (protocol === 'lines') {
  for await (const line of createInterface({ input: process.stdin })) {
    const { type } = JSON.parse(line);
    if (type === 'end') break;
    console.log(JSON.stringify({ type: 'answer', content: 'It is on its way.' }));
  }
} else {
  for await (const _ of process.stdin); // to its end
  console.log('It is on its way.');
}
