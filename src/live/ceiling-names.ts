import { isObject } from '../json/object.ts';

/** What a ceiling is of: a figure of one actor, or of all where `actor` is null. */
export interface CeilingOf {
  readonly figure: string;
  readonly actor: string | null;
}

const ACTORS = 'actors.';

/** Ceilings in one list, those of actors as `actors.NAME.FIGURE`: no figure has a dot, so that any name can be told again. */
export function ceilingsIn(limits: unknown): [name: string, most: number][] {
  const entries = isObject(limits) ? Object.entries(limits) : [];
  return entries.flatMap(([key, value]): [string, number][] => {
    if (typeof value === 'number') return [[key, value]];
    if (key !== 'actors' || !isObject(value)) return [];
    return Object.entries(value).flatMap(([actor, own]) =>
      ceilingsIn(own).map(([figure, most]): [string, number] => [
        `${ACTORS}${actor}.${figure}`,
        most,
      ]),
    );
  });
}

/** Reads the name of a ceiling. */
export function ceilingOf(name: string): CeilingOf {
  const dot = name.lastIndexOf('.');
  if (!name.startsWith(ACTORS) || dot < ACTORS.length) return { figure: name, actor: null };
  return { figure: name.slice(dot + 1), actor: name.slice(ACTORS.length, dot) };
}
