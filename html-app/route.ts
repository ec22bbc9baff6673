import { useEffect, useState } from 'preact/hooks';

/** Where the reader is, as the keys of the address behind `#`; a key that is not said is empty. */
export interface Route {
  readonly view: 'overview' | 'trials' | 'changes';
  /** Beginning of the id of a trial that is looked at. */
  readonly trial: string;
  /** Another one beside it. */
  readonly with: string;
  /** The trial that another one is being chosen for, to stand beside it. */
  readonly pick: string;
  /** Index of a change that is looked at. */
  readonly change: string;
  /** What trials are listed. */
  readonly show: string;
  readonly suite: string;
  readonly agent: string;
  readonly attack: string;
  readonly task: string;
  readonly q: string;
  readonly sort: string;
}

const KEYS = [
  ...(['trial', 'with', 'pick', 'change'] as const),
  ...(['show', 'suite', 'agent', 'attack', 'task', 'q', 'sort'] as const),
];
const VIEWS = ['overview', 'trials', 'changes'] as const;

/** The route that the part of an address behind `#` says. */
export function parseRoute(hash: string): Route {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const view = VIEWS.find((name) => name === params.get('view'));
  const text = (key: string) => params.get(key) ?? '';
  return {
    view:
      view ?? (text('change') === '' ? (text('trial') === '' ? 'overview' : 'trials') : 'changes'),
    trial: text('trial'),
    with: text('with'),
    pick: text('pick'),
    change: text('change'),
    show: text('show'),
    suite: text('suite'),
    agent: text('agent'),
    attack: text('attack'),
    task: text('task'),
    q: text('q'),
    sort: text('sort'),
  };
}

/** The address of a route, from `#` on: only what differs from the front page is said. */
export function hrefOf(route: Route): string {
  const params = new URLSearchParams();
  if (route.view !== parseRoute(`trial=${route.trial}&change=${route.change}`).view) {
    params.set('view', route.view);
  }
  for (const key of KEYS) {
    const value = route[key];
    if (value !== '') params.set(key, value);
  }
  return `#${params}`;
}

/** The address of a list or a page, with the filters of a route. */
export function linkTo(route: Route, change: Partial<Route>): string {
  return hrefOf({ ...route, trial: '', with: '', pick: '', change: '', ...change });
}

/** Goes to an address that `hrefOf` or `linkTo` made, as a link does. */
export function goTo(href: string): void {
  location.hash = href;
}

/** Goes to a route without a step in the history, as while a person types. */
export function replaceRoute(route: Route): void {
  history.replaceState(null, '', hrefOf(route));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The route of the page, which follows the address. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return parseRoute(hash);
}
