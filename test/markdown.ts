import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './built-cli.ts';

/** A fenced block of a page. */
export interface Block {
  /** The page with the line of the first fence, for names of tests. */
  readonly at: string;
  readonly language: string;
  readonly text: string;
}

/** Paths of every page, relative to the project. */
export const pages: readonly string[] = [
  'README.md',
  'AGENTS.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`),
];

/** The text of a file of the project. */
export function textOf(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

const FENCED = /^```(\w*)\n(.*?)^```$/gms;

/** The fenced blocks of a page, those of one language unless it is left out. */
export function blocksOf(page: string, language?: string): Block[] {
  const text = textOf(page);
  return [...text.matchAll(FENCED)]
    .map((found): Block => {
      const line = text.slice(0, found.index).split('\n').length;
      return { at: `${page}:${line}`, language: found[1] ?? '', text: found[2] ?? '' };
    })
    .filter((block) => language === undefined || block.language === language);
}

/** Targets of the links on a page that lie in this project. */
export function linksOf(page: string): string[] {
  const found = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  return found.filter((target) => !/^[a-z]+:/.test(target));
}
