import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFault } from './disk-fault.ts';

/** Text or bytes of a file, whole or in pieces. */
export type FileContent =
  | string
  | Uint8Array
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

const PIECE = 256 * 1024;

/** How a file is written. */
interface WriteOptions {
  readonly mode?: number;
}

/** Writes a file so that it is either the old one or the whole new one: beside it first, to the disk, then renamed; a device or pipe is written straight. Throws `disk_fault`; what the content throws passes through. */
export async function atomicWrite(
  file: string,
  content: FileContent,
  options: WriteOptions = {},
): Promise<void> {
  await atomicWriteAll([{ file, content }], options);
}

/** A file and what it is to hold. */
export interface FileToWrite {
  readonly file: string;
  readonly content: FileContent;
}

/** Writes files like `atomicWrite`, one after the other; none takes its place before all lie on the disk. Each is asked for once those before it are written. */
export async function atomicWriteAll(
  files: Iterable<FileToWrite> | AsyncIterable<FileToWrite>,
  { mode = 0o666 }: WriteOptions = {},
): Promise<void> {
  const prepared: Prepared[] = [];
  try {
    for await (const { file, content } of files) prepared.push(await prepare(file, content, mode));
    for (const { file, place } of prepared) await place().catch(faultOf(file));
  } catch (thrown) {
    for (const { discard } of prepared) await discard();
    throw thrown;
  }
}

/** New content of a file, not yet in its place. */
interface Prepared {
  readonly file: string;
  place(): Promise<void>;
  discard(): Promise<void>;
}

function faultOf(file: string): (thrown: unknown) => never {
  return (thrown) => {
    throw writeFault(file, thrown);
  };
}

async function prepare(file: string, content: FileContent, mode: number): Promise<Prepared> {
  const target = await realpath(file).catch(() => file); // a symbolic link stays one
  const known = await stat(target).catch(() => undefined);
  if (known === undefined || known.isFile()) {
    return { file, ...(await writeBeside(target, mode, content).catch(faultOf(file))) };
  }
  await writeThrough(target, 'w', mode, content).catch(faultOf(file)); // a folder refuses
  return { file, place: async () => undefined, discard: async () => undefined };
}

async function writeBeside(file: string, mode: number, content: FileContent) {
  const folder = path.dirname(file);
  const name = path.basename(file).slice(0, 100); // a name has 255 bytes at most
  const beside = path.join(folder, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
  const discard = () => rm(beside, { force: true }).catch(() => undefined); // the first error is the one to report
  try {
    await writeThrough(beside, 'wx', mode, content);
  } catch (thrown) {
    await discard();
    throw thrown;
  }
  const place = async () => {
    await rename(beside, file);
    await syncFolder(folder);
  };
  return { place, discard };
}

async function writeThrough(
  file: string,
  flags: string,
  mode: number,
  content: FileContent,
): Promise<void> {
  const handle = await open(file, flags, mode);
  try {
    for await (const bytes of pieces(content)) await writeFully(handle, bytes);
    if (flags === 'wx') await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

/** Joins small pieces, so that a line each does not cost a write each. */
async function* pieces(content: FileContent): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    yield bytesOf(content);
    return;
  }
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    const bytes = bytesOf(piece);
    waiting.push(bytes);
    size += bytes.length;
    if (size < PIECE) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  yield Buffer.concat(waiting);
}

function bytesOf(piece: string | Uint8Array): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** Makes the rename last; not every file system can sync a folder, and the file itself is safe. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows and some network disks refuse; the content was synced before the rename
  }
}
