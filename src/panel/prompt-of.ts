import type { JudgeSpec } from '../model/llm-judge.ts';
import type { AnswerForm } from './answer-form.ts';
import type { ChatMessage, Shown } from './shown.ts';

/** Changes with the words of the prompt. */
export const PROMPT_VERSION = 1;

/** What differs from asking to asking. */
export interface Asking {
  readonly nonce: string;
  readonly fence: string;
  /** Our words on the last answer, on a re-ask. */
  readonly mistake: string | null;
}

/** The messages that ask a judge about one trial. */
export function promptOf(
  question: { spec: JudgeSpec; form: AnswerForm; shown: Shown; reference: string | null },
  { nonce, fence, mistake }: Asking,
): ChatMessage[] {
  const { spec, shown } = question;
  const lines = [fence, ...shown.lines, fence, mistake ?? '', spec.rubric.text, nonce];
  return [{ role: 'user', content: lines.join('\n') }];
}

/** The messages that ask which of two trials is better. */
export function pairPromptOf(
  question: { spec: JudgeSpec; first: Shown; second: Shown; reference: string | null },
  { nonce, fence, mistake }: Asking,
): ChatMessage[] {
  const { spec, first, second } = question;
  const lines = [fence, ...first.lines, fence, ...second.lines, mistake ?? '', spec.rubric.text];
  return [{ role: 'user', content: [...lines, nonce].join('\n') }];
}
