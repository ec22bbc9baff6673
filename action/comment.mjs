// Puts a report into the one comment of its key on the pull or merge request of this job. A comment that cannot be written is said and fails nothing: the gate decides.
import { readFileSync } from 'node:fs';
import { githubForge } from './github.mjs';
import { gitlabForge, withoutQuickActions } from './gitlab.mjs';
import { stickComment } from './sticky-comment.mjs';

const environment = process.env;
const isGitlab = environment['GITLAB_CI'] === 'true';

/**
 * Says what came of it; in one line, since a forge's answer is text from outside.
 * @param {string} words
 */
function say(words) {
  const line = words.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replaceAll('%', '%25');
  console.log(isGitlab ? `agentops: ${line}` : `::notice title=agentops::${line}`);
}

try {
  const text = readFileSync(environment['AGENTOPS_COMMENT'] ?? '', 'utf8');
  const forge = isGitlab ? await gitlabForge(environment) : await githubForge(environment);
  const key = environment['AGENTOPS_COMMENT_KEY'] || 'agentops';
  if (forge === null) say('There is no pull or merge request to comment on, or no token for it');
  else
    say(
      `The comment was ${await stickComment(forge, isGitlab ? withoutQuickActions(text) : text, key)}`,
    );
} catch (thrown) {
  say(`Cannot write the comment: ${thrown instanceof Error ? thrown.message : thrown}`);
}
