import { ask } from './sticky-comment.mjs';

/**
 * Where notes on the merge request of this job stand; null where it has none, or no token was given.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Promise<import('./sticky-comment.mjs').Forge | null>}
 */
export async function gitlabForge(environment) {
  const { CI_API_V4_URL: api, CI_PROJECT_ID: project } = environment;
  const { CI_MERGE_REQUEST_IID: number, AGENTOPS_TOKEN: token } = environment;
  if (!api || !project || !number || !token) return null;
  const headers = { 'private-token': token, 'user-agent': 'agentops' };
  const { id: self } = await ask({ headers }, 'GET', `${api}/user`);
  const comments = `${api}/projects/${project}/merge_requests/${number}/notes`;
  return {
    comments,
    one: (id) => `${comments}/${id}`,
    method: 'PUT',
    headers,
    isOwn: ({ author }) => author?.id === self,
  };
}

/**
 * The same text without quick actions: GitLab obeys a line that starts with a slash outside of a block of code.
 * @param {string} text
 */
export function withoutQuickActions(text) {
  let fence = '';
  return text
    .split('\n')
    .map((line) => {
      const [, mark] = /^(`{3,})/.exec(line) ?? [];
      if (fence === '' && mark !== undefined) fence = mark;
      else if (fence !== '' && line === fence) fence = '';
      return fence === '' ? line.replace(/^(\s*)\//, '$1&#47;') : line;
    })
    .join('\n');
}
