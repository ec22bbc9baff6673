import type { ModelReply } from '../model/exchange.ts';

/** What came of asking an endpoint once. */
export type Attempt<Reply = ModelReply> =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** It may answer later: a rate limit, trouble of its own, a broken connection. */
  | {
      readonly kind: 'later';
      readonly why: string;
      /** Milliseconds to wait as the endpoint asks, null where it does not say. */
      readonly after: number | null;
      /** Tries in all that this kind of trouble is worth. */
      readonly tries: number;
    }
  /** It never will. */
  | {
      readonly kind: 'never';
      readonly why: string;
      /** Milliseconds for which no other request would be answered either, `Infinity` for good; absent where another may be. */
      readonly lasting?: number;
      /** It might have, and was tried often enough. */
      readonly givenUp?: true;
    };

/** Tries in all that trouble which may pass is worth. */
export const MOST_TRIES = 6;

/** Tries in all where the endpoint does not answer in time. */
export const TRIES_IN_TIME = 2;
