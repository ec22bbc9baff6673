// The floor: reads files line by line, parses every line, and does nothing with it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

let lines = 0;
for (const file of process.argv.slice(2)) {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    JSON.parse(line);
    lines++;
  }
}
console.log(lines);
