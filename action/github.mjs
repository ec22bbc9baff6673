import { readFileSync } from 'node:fs';
import { ask } from './sticky-comment.mjs';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * Where comments on the pull request of this job stand; null where it has none.
 * @param {Environment} environment
 * @returns {Promise<import('./sticky-comment.mjs').Forge | null>}
 */
export async function githubForge(environment) {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository } = environment;
  const event = JSON.parse(readFileSync(environment['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${environment['AGENTOPS_TOKEN']}`,
    'user-agent': 'agentops',
    'x-github-api-version': '2022-11-28',
  };
  const root = `${api}/repos/${repository}`;
  const number =
    event.pull_request?.number ?? (await pullRequestOf(event.workflow_run, root, headers));
  if (!Number.isSafeInteger(number)) return null;
  const author = environment['AGENTOPS_COMMENT_AUTHOR'] || 'github-actions[bot]';
  return {
    comments: `${root}/issues/${number}/comments`,
    one: (id) => `${root}/issues/comments/${id}`,
    method: 'PATCH',
    headers,
    isOwn: ({ user }) => user?.login === author,
  };
}

/**
 * The open pull request whose head a finished workflow ran on. The event does not name those of forks, and what the workflow left behind may be made up: so the forge is asked.
 * @param {any} run
 * @param {string} root
 * @param {Record<string, string>} headers
 * @returns {Promise<number | null>}
 */
async function pullRequestOf(run, root, headers) {
  const owner = run?.head_repository?.owner?.login;
  if (run?.event !== 'pull_request' || !owner) return null;
  const head = encodeURIComponent(`${owner}:${run.head_branch}`);
  const found = await ask({ headers }, 'GET', `${root}/pulls?state=open&per_page=100&head=${head}`);
  const own = found.find((/** @type {any} */ one) => one.head?.sha === run.head_sha);
  return own?.number ?? null; // pushed to meanwhile: the run of the newer head will tell
}
