import { textOf } from './markdown.ts';

const PICTURE = /(?<=^```text\n).*?(?=^```$)/ms;

/** The text of README.md with its picture of a failing run as the transcript has it. */
export function withPicture(readme: string): string {
  const transcript = textOf('test/golden/eval-refunds.txt');
  const picture = transcript.slice(transcript.indexOf('$ '));
  return readme.replace(PICTURE, () => picture);
}
