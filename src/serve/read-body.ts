import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** Bytes of bodies that one trial may still have on their way at once, so that none can fill the memory. */
export interface BodyBudget {
  left: number;
}

/** Most bytes of one body. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** Most bytes of all bodies that a trial has on their way at once. */
export const MOST_BYTES_AT_ONCE = 4 * MOST_BYTES;

/** Thrown for a body that is not looked into; `status` is that of the answer. */
export class RefusedBody extends Error {
  override readonly name = 'RefusedBody';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Reads a body and has it handled; until then its bytes count against the budget. Throws `RefusedBody` with status 413, 415 or 429, and whatever the connection ended with. */
export async function withBody<Result>(
  request: IncomingMessage,
  budget: BodyBudget,
  handle: (bytes: Buffer) => Promise<Result>,
): Promise<Result> {
  let taken = 0;
  const take = (bytes: number) => {
    taken += bytes;
    budget.left -= bytes;
    if (taken > MOST_BYTES) throw tooLong();
    if (budget.left < 0) {
      throw new RefusedBody(429, 'Cannot read the request: too many others are on their way');
    }
  };
  try {
    refuseUnread(request);
    return await handle(await bytesOf(request, take));
  } finally {
    budget.left += taken;
    request.resume(); // what is still to come is passed over, so that the answer is read
  }
}

function refuseUnread({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') {
    throw new RefusedBody(415, 'Cannot read the request: its body must not be compressed');
  }
  if (Number(headers['content-length'] ?? 0) > MOST_BYTES) throw tooLong();
}

function tooLong(): RefusedBody {
  return new RefusedBody(
    413,
    `Cannot read the request: its body has more than ${MOST_BYTES} bytes`,
  );
}

function bytesOf(request: IncomingMessage, take: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const onData = (chunk: Buffer) => {
      try {
        take(chunk.length);
        chunks.push(chunk);
      } catch (thrown) {
        chunks.length = 0;
        request.off('data', onData);
        reject(thrown);
      }
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => {
      // It follows every end: an error and its stack are made only where they tell something
      if (!request.readableEnded) reject(new Error('The connection was closed'));
    });
  });
}
