import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a page in pieces into a folder and answers its path. */
export async function writePage(
  folder: string,
  name: string,
  pieces: AsyncIterable<string>,
): Promise<string> {
  const file = path.join(folder, name);
  await pipeline(Readable.from(pieces), createWriteStream(file));
  return file;
}

/** Texts that would run script, leave the page or steer the reader in a page that is not careful. */
export const HOSTILE_TEXTS = [
  '<script>window.__ran=1</script>',
  '</script><script>window.__ran=1</script>',
  '<!--<script>window.__ran=1</script>-->',
  ']]><img src=x onerror=window.__ran=1>',
  '"><svg onload=window.__ran=1>',
  "' onmouseover='window.__ran=1",
  '<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>',
  '<a href="javascript:window.__ran=1">click</a>',
  'javascript:window.__ran=1',
  '\\href{javascript:window.__ran=1}{x}',
  '[click](javascript:window.__ran=1)',
  '![x](https://evil.example/leak.png)',
  '<style>*{display:none}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel=stylesheet href=https://evil.example/a.css>',
  '<form action=https://evil.example><button>go</button></form>',
  '</noscript><img src=https://evil.example onerror=window.__ran=1>',
  '</title></style></textarea><script>window.__ran=1</script>',
  '{{constructor.constructor("window.__ran=1")()}}',
  '$' + '{window.__ran=1}',
  '</script >',
  '</SCRIPT\t/><script>window.__ran=1</script>',
  '--><script>window.__ran=1</script>',
  '--!><img src=x onerror=window.__ran=1>',
  '&lt;img src=x onerror=window.__ran=1&gt;&#60;script&#62;',
  '<svg><desc><script>window.__ran=1</script>',
  '\ud800 \udfff',
  '\u2028window.__ran=1\u2029',
  '\u0000\u001b[2J\u202egnp.exe\u200b',
  '__proto__',
  'constructor',
] as const;
