import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../../errors.ts';

/** Script and style of the page, and the policy that allows nothing else. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  readonly policy: string;
}

/** Reads what the build made of `html-app/`. Throws `internal` where it is missing. */
export async function readPageAssets(folder = __AGENTOPS_DIST__): Promise<PageAssets> {
  const [script, style] = await Promise.all(
    ['html-report.js', 'html-style.css'].map((name) => readAsset(path.join(folder, name))),
  );
  return pageAssets(script ?? '', style ?? '');
}

/** Assets made of a script and a style. */
export function pageAssets(script: string, style: string): PageAssets {
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { script, style, policy };
}

async function readAsset(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const message = `Cannot write an HTML report: "${file}" is not there, expected the package as it was built`;
    throw new AgentopsError('internal', message, { cause });
  }
}

function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
