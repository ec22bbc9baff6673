import type { JudgePort, PortReply, PortRequest } from '../llm/judge-port.ts';
import { says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { View } from '../match/view.ts';
import { viewOf } from '../match/view.ts';
import { judgeSpec } from '../model/judge-spec.test-support.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { JudgeExchange } from './judge-exchange.ts';
import type { JudgeRecording } from './judge-recording.ts';
import { type DeskOptions, openDesk } from './open-desk.ts';

/** A judge of a test: on a scale from 1 to 5, one model, one vote. */
export function specOf(more: Partial<JudgeSpec> = {}): JudgeSpec {
  const rubric = { text: 'Is the agent courteous?', name: null, version: null, source: null };
  const scaled = { scale: [1, 5], answers: null, agree: 'mean' } as const;
  return judgeSpec({ name: 'polite', rubric, ...scaled, ...more });
}

/** The same with answers, by majority. */
export function wordsSpec(more: Partial<JudgeSpec> = {}): JudgeSpec {
  const answers = { pass: 'Fully', fail: 'Not' };
  return specOf({ name: 'solved', scale: null, answers, agree: 'majority', ...more });
}

/** A view of a trial in which the agent says something. */
export function viewSaying(text: string, more: Partial<Trajectory> = {}): View {
  return viewOf(trajectoryOf([says(text)], more));
}

/** Everything that a request says. */
export function promptText({ messages }: PortRequest): string {
  return messages.map(({ content }) => content).join('\n');
}

/** What a model answers: an answer, a text as it is, a reply, or what is thrown. */
export type FakeAnswer =
  | { readonly answer: unknown; readonly reason?: string; readonly steps?: readonly number[] }
  | { readonly reply: Partial<PortReply> }
  | { readonly thrown: unknown };

/** A port that answers what a function says, the nonce filled in; `asked` has every request. */
export function fakePort(
  answer: (request: PortRequest, nth: number) => FakeAnswer | Promise<FakeAnswer>,
): JudgePort & { readonly asked: PortRequest[] } {
  const asked: PortRequest[] = [];
  return {
    asked,
    ask: async (request, signal) => {
      asked.push(request);
      const given = await answer(request, asked.length);
      signal.throwIfAborted();
      if ('thrown' in given) throw given.thrown;
      if ('reply' in given) return replyOf(request, given.reply);
      const { answer: said, reason = 'It is so', steps = [0] } = given;
      const nonce = nonceIn(request);
      return replyOf(request, { text: JSON.stringify({ nonce, reason, steps, answer: said }) });
    },
  };
}

/** The first of those that it was made with: the fence comes after it. */
function nonceIn(request: PortRequest): string {
  const found = promptText(request).matchAll(/nonce-(\d+)/g);
  return `nonce-${Math.min(...[...found].map(([, digits]) => Number(digits)))}`;
}

function replyOf({ model }: PortRequest, more: Partial<PortReply>): PortReply {
  return {
    text: null,
    refusal: null,
    isCutOff: false,
    usage: { input_tokens: 100, output_tokens: 10 },
    costUsd: 0.25,
    request: { model },
    response: { id: 'r' },
    ...more,
  };
}

/** A recording in memory; `lines` has what was appended. */
export function memoryRecording(
  lines: JudgeExchange[] = [],
): JudgeRecording & { readonly lines: JudgeExchange[] } {
  return {
    lines,
    find: (key) => lines.find((line) => line.key === key) ?? null,
    append: (exchange) => lines.push(structuredClone(exchange)),
    near: (asked) =>
      lines.filter(
        ({ judge, task, vote, attempt, step }) =>
          judge === asked.judge &&
          task === asked.task &&
          vote === asked.vote &&
          attempt === asked.attempt &&
          step === asked.step,
      ),
    close: async () => undefined,
  };
}

/** What a desk of a test is opened with: live, with a recording in memory, unless it says otherwise. */
export function deskOptions(more: Partial<DeskOptions> = {}): DeskOptions {
  let nonces = 0;
  return {
    judges: {},
    mode: 'live',
    recording: memoryRecording(),
    port: fakePort(() => ({ answer: 4 })),
    nonce: () => `nonce-${++nonces}`,
    redact: (text) => text,
    standing: () => null,
    spend: () => undefined,
    needsCost: false,
    signal: new AbortController().signal,
    ...more,
  };
}

/** A desk with one judge. */
export function deskOf(spec: JudgeSpec, more: Partial<DeskOptions> = {}) {
  return openDesk(deskOptions({ judges: { [spec.name]: spec }, ...more }));
}
