import { describe, expect, it } from 'vitest';
import { hrefOf, linkTo, parseRoute } from './route.ts';

const ROUTES = [
  '#',
  '#view=trials',
  '#view=changes&show=fixed',
  '#trial=0a1b',
  '#trial=0a1b&with=2c3d&show=failed',
  '#change=3',
  '#view=trials&pick=0a1b&suite=a+b%26c&agent=%23&q=%3Cscript%3E',
];

describe('parseRoute() and hrefOf()', () => {
  it.each(ROUTES)('agree on %s', (hash) => {
    expect(hrefOf(parseRoute(hash))).toBe(hash);
  });

  it('know no view of another name, and no other keys', () => {
    expect(parseRoute('#view=__proto__&constructor=1').view).toBe('overview');
    expect(hrefOf(parseRoute('#nonsense=1&view=other'))).toBe('#');
  });

  it('show the view that a deep link belongs to', () => {
    expect(parseRoute('#trial=a').view).toBe('trials');
    expect(parseRoute('#change=0').view).toBe('changes');
  });
});

describe('linkTo()', () => {
  it('keeps the filters and leaves the trial', () => {
    const route = parseRoute('#trial=a&with=b&agent=x&q=y');
    expect(linkTo(route, { view: 'trials' })).toBe('#view=trials&agent=x&q=y');
    expect(linkTo(route, { trial: 'c' })).toBe('#trial=c&agent=x&q=y');
  });
});
