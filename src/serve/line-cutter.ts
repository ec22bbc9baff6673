/** Cuts chunks into lines without their breaks, each byte looked at once; a line beyond `maxBytes` is left out and told as null. */
export function lineCutter(maxBytes: number): (chunk: Buffer) => (string | null)[] {
  let parts: Buffer[] = [];
  let bytes = 0;
  const keep = (part: Buffer) => {
    bytes += part.length;
    if (bytes <= maxBytes) parts.push(part);
    else parts = [];
  };
  const take = () => {
    const line = bytes <= maxBytes ? Buffer.concat(parts).toString('utf8') : null;
    parts = [];
    bytes = 0;
    return line;
  };
  return (chunk) => {
    const lines: (string | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      lines.push(take());
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
    return lines;
  };
}
