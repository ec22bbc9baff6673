import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './built-cli.ts';
import { type Answer, type Forge, startForge } from './forge.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const own = { login: 'github-actions[bot]' };
const report = '<!-- agentops -->\n## ✓ Gate passed\n';

let folder: string;
let forge: Forge | undefined;

beforeEach(() => {
  folder = emptyFolder();
});

afterEach(async () => {
  await forge?.close();
  forge = undefined;
  remove(folder);
});

/** Runs the script as a job does; what it prints, and how it ended. */
function comment(
  environment: Record<string, string>,
  text = report,
): Promise<{ stdout: string; code: number | null }> {
  const file = path.join(folder, 'comment.md');
  writeFileSync(file, text);
  const env = { PATH: process.env['PATH'], AGENTOPS_COMMENT: file, ...environment };
  return new Promise((resolve) => {
    const script = path.join(root, 'action/comment.mjs');
    const child = execFile(process.execPath, [script], { env }, (_, stdout) =>
      resolve({ stdout, code: child.exitCode }),
    );
  });
}

async function github(event: object, answer: Answer): Promise<Record<string, string>> {
  forge = await startForge(answer);
  const file = path.join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(event));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: forge.address,
    GITHUB_REPOSITORY: 'team/shop',
    GITHUB_EVENT_PATH: file,
    AGENTOPS_TOKEN: 'secret',
  };
}

const pull = { pull_request: { number: 7 } };
const list = '/repos/team/shop/issues/7/comments?per_page=100&page=';

describe('comment.mjs on GitHub', () => {
  it('posts the first comment, with the token', async () => {
    const env = await github(pull, ({ method }) => (method === 'GET' ? [200, []] : [201, {}]));
    const { stdout, code } = await comment(env);
    expect(forge?.asked.map(({ method, path: at }) => `${method} ${at}`)).toEqual([
      `GET ${list}1`,
      'POST /repos/team/shop/issues/7/comments',
    ]);
    expect(forge?.asked[1]).toMatchObject({ token: 'Bearer secret', body: { body: report } });
    expect([stdout, code]).toEqual(['::notice title=agentops::The comment was posted\n', 0]);
  });

  it('changes its own comment, however many stand before it, and no comment of another who wrote the marker', async () => {
    const others = Array.from({ length: 100 }, (_, id) => ({ id, user: own, body: 'LGTM' }));
    const forged = { id: 200, user: { login: 'mallory' }, body: report };
    const mine = { id: 201, user: own, body: report };
    const env = await github(pull, ({ method, path: at }) => {
      if (method !== 'GET') return [200, {}];
      return [200, at === `${list}1` ? others : [forged, mine]];
    });
    const { stdout } = await comment(env);
    expect(forge?.asked.at(-1)).toMatchObject({
      method: 'PATCH',
      path: '/repos/team/shop/issues/comments/201',
    });
    expect(stdout).toContain('The comment was changed');
  });

  it('keeps the comments of two keys apart', async () => {
    const env = await github(pull, ({ method }) =>
      method === 'GET' ? [200, [{ id: 1, user: own, body: report }]] : [201, {}],
    );
    await comment({ ...env, AGENTOPS_COMMENT_KEY: 'nightly' });
    expect(forge?.asked[1]).toMatchObject({ method: 'POST' });
    expect(forge?.asked[1]?.body?.body).toBe('<!-- agentops:nightly -->\n## ✓ Gate passed\n');
  });

  it('points to the reports where the text is too long for GitHub', async () => {
    const env = await github(pull, ({ method }) => (method === 'GET' ? [200, []] : [201, {}]));
    await comment(env, `${report}${'x'.repeat(65_536)}`);
    expect(forge?.asked[1]?.body?.body).toBe(
      '<!-- agentops -->\nThe report is too long for a comment: it is among the reports of the job.\n',
    );
  });

  it.each([
    ['a token that may not write', pull, [403, { message: 'Resource not accessible' }], '403'],
    ['no pull request', { ref: 'refs/heads/main' }, [500, {}], 'There is no pull or merge request'],
    ['an answer that gives commands', pull, [500, { message: 'a\n::error::b' }], '500'],
  ] as const)('fails nothing and says so in one line with %s', async (_, event, answer, words) => {
    const { stdout, code } = await comment(await github(event, () => answer));
    expect(code).toBe(0);
    expect(stdout).toContain(words);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('asks the forge which pull request a finished workflow ran on, by its head', async () => {
    const run = {
      event: 'pull_request',
      head_branch: 'fix/a&b',
      head_sha: 'abc',
      head_repository: { owner: { login: 'fork' } },
      pull_requests: [],
    };
    const pulls = [
      { number: 3, head: { sha: 'older' } },
      { number: 7, head: { sha: 'abc' } },
    ];
    const answer: Answer = ({ method, path: at }) => {
      if (method !== 'GET') return [201, {}];
      return [200, at.includes('/pulls?') ? pulls : []];
    };
    const env = await github({ workflow_run: run }, answer);
    await comment(env);
    expect(forge?.asked.map(({ method, path: at }) => `${method} ${at}`)).toEqual([
      'GET /repos/team/shop/pulls?state=open&per_page=100&head=fork%3Afix%2Fa%26b',
      `GET ${list}1`,
      'POST /repos/team/shop/issues/7/comments',
    ]);
  });

  it('comments on nothing where the branch has moved on', async () => {
    const run = { event: 'pull_request', head_branch: 'b', head_sha: 'abc' };
    const workflow_run = { ...run, head_repository: { owner: { login: 'fork' } } };
    const env = await github({ workflow_run }, () => [200, [{ number: 3, head: { sha: 'new' } }]]);
    const { stdout } = await comment(env);
    expect(forge?.asked).toHaveLength(1);
    expect(stdout).toContain('There is no pull or merge request');
  });
});

describe('comment.mjs on GitLab', () => {
  const notes = '/projects/5/merge_requests/9/notes';
  const at = (address: string) => ({
    GITLAB_CI: 'true',
    CI_API_V4_URL: address,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '9',
    AGENTOPS_TOKEN: 'secret',
  });

  it('changes the note of its own user, and obeys no text', async () => {
    forge = await startForge(({ path: asked }) => {
      if (asked === '/user') return [200, { id: 2 }];
      const forged = { id: 30, author: { id: 1 }, body: report };
      return [200, [forged, { id: 31, author: { id: 2 }, body: report }]];
    });
    const text = `${report}/approve\n  /merge\n\`\`\`\`text\n/close\n\`\`\`\n\`\`\`\`\n/label ~x\n`;
    const { code } = await comment(at(forge.address), text);
    expect(code).toBe(0);
    expect(forge.asked.at(-1)).toMatchObject({
      method: 'PUT',
      path: `${notes}/31`,
      token: 'secret',
    });
    const changed = text.replace('/approve', '&#47;approve').replace('  /merge', '  &#47;merge');
    expect(forge.asked.at(-1)?.body?.body).toBe(changed.replace('\n/label', '\n&#47;label'));
  });

  it('says that there is no token, and asks nobody', async () => {
    forge = await startForge(() => [500, {}]);
    const { stdout, code } = await comment({ ...at(forge.address), AGENTOPS_TOKEN: '' });
    expect(code).toBe(0);
    expect(stdout).toContain('or no token for it');
    expect(forge.asked).toEqual([]);
  });
});
