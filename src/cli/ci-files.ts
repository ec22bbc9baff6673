import type { InitFile } from './init-files.ts';

const PLACES = {
  github: {
    action: '.github/actions/agentops/action.yml',
    github: '.github/workflows/agentops.yml',
    comment: '.github/workflows/agentops-comment.yml',
  },
  gitlab: { gitlab: '.gitlab-ci.yml' },
  none: {},
} as const;

/** What runs suites on pull or merge requests. */
export type CiSystem = keyof typeof PLACES;

/** The names that `--ci` takes. */
export const ciSystems = Object.keys(PLACES);

/** The files that let a CI system run suites with that version of agentops. */
export function ciFiles(system: CiSystem, version: string): InitFile[] {
  const texts: Readonly<Record<string, string>> = JSON.parse(__AGENTOPS_ACTION__); // by scripts/read-action.mjs
  return Object.entries(PLACES[system]).map(([name, path]) => ({
    path,
    text: (texts[name] ?? '').replaceAll('@VERSION', `@${version}`),
  }));
}
