import { describe, expect, it } from 'vitest';
import { lookOf } from './terminal.ts';

const tty = { isTTY: true, columns: 120 };
const pipe = { isTTY: undefined, columns: undefined };

describe('lookOf()', () => {
  it.each([
    ['a terminal', tty, {}, {}, true],
    ['a pipe', pipe, {}, {}, false],
    ['a terminal with NO_COLOR', tty, { NO_COLOR: '1' }, {}, false],
    ['a terminal with an empty NO_COLOR', tty, { NO_COLOR: '' }, {}, true],
    ['a dumb terminal', tty, { TERM: 'dumb' }, {}, false],
    ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, {}, true],
    ['a terminal with FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, {}, false],
    ['FORCE_COLOR and NO_COLOR', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, {}, true],
    ['--no-color and FORCE_COLOR', tty, { FORCE_COLOR: '1' }, { colour: false }, false],
    ['a pipe in CI', pipe, { CI: 'true' }, {}, false],
  ])('decides on colour for %s', (_, stream, environment, flags, wanted) => {
    expect(lookOf(stream, environment, flags).colour).toBe(wanted);
  });

  it.each([
    [tty, 120],
    [{ isTTY: true, columns: 5 }, 20],
    [{ isTTY: true, columns: 0 }, 80],
    [{ isTTY: true }, 80],
    [pipe, null],
  ])('takes the width of %j', (stream, wanted) => {
    expect(lookOf(stream, {}).width).toBe(wanted);
  });

  it.each([
    [{}, false],
    [{ LANG: 'en_US.UTF-8' }, false],
    [{ LANG: 'C.utf8' }, false],
    [{ LANG: 'C' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, true],
    [{ LANG: 'C', LC_CTYPE: 'de_DE.UTF-8' }, false],
    [{ LANG: 'de_DE.ISO-8859-1' }, true],
  ])('keeps to ASCII for the locale %j: %s', (environment, wanted) => {
    expect(lookOf(tty, environment).ascii).toBe(wanted);
  });
});
