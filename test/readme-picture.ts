import { textOf } from './markdown.ts';

const PICTURE = /(?<=^```text\n)\$ agentops (eval|diff).*?(?=^```$)/gms;

/** Parts of a comparison that are shown, by how they begin; the gate's answer stands before them. */
const SHOWN = /^(?:\$ agentops diff|Figures|Regressed|Steps of refund-late-order)/;

const pictures = { eval: runPicture, diff: diffPicture };

/** The text of README.md with its pictures of a failing run and of a comparison as transcripts have them. */
export function withPictures(readme: string): string {
  return readme.replace(PICTURE, (_, command: keyof typeof pictures) => pictures[command]());
}

function runPicture(): string {
  const transcript = textOf('test/golden/eval-refunds.txt');
  return transcript.slice(transcript.indexOf('$ '));
}

function diffPicture(): string {
  const transcript = textOf('test/golden/diff-versions.txt');
  const parts = transcript.slice(transcript.indexOf('$ agentops diff')).split('\n\n');
  return `${parts.filter((part) => SHOWN.test(part)).join('\n\n')}\n`;
}
