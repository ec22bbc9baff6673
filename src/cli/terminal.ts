import type { Look } from '../report/reporter.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is known of a stream that text goes to. */
export interface StreamFacts {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

const NARROWEST = 20;

/** Decides what text on a stream looks like: colours, width and signs, from the stream, the environment and `--no-color`. */
export function lookOf(
  stream: StreamFacts,
  environment: Environment,
  { colour = true }: { colour?: boolean } = {},
): Look {
  return {
    colour: colour && hasColour(stream, environment),
    width: stream.isTTY ? Math.max(stream.columns || 80, NARROWEST) : null,
    ascii: isAscii(environment),
  };
}

/** `FORCE_COLOR` wins over `NO_COLOR`, as in Node itself; else only a terminal that is not dumb has colours. */
function hasColour(stream: StreamFacts, environment: Environment): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment['NO_COLOR']) return false;
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/** Only a locale that is named and is not UTF-8 asks for ASCII: containers and CI mostly name none and show UTF-8. */
function isAscii(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}
