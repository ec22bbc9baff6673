import { RE2JS } from 're2js';

/** Compiles an RE2 pattern into an unanchored test that runs in linear time. */
export function regexTest(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.test(text);
}
