import type { AnswerForm } from './answer-form.ts';

/** What a judge may answer, and how it is to write it; on a re-ask what was wrong before. */
export function answerSection(form: AnswerForm, nonce: string, mistake: string | null): string {
  const lines = [
    '# Your answer',
    ...choices(form),
    'Write one JSON object and nothing else, with exactly these keys, in this order:',
    `{"nonce": ${JSON.stringify(nonce)}, "reason": "...", "steps": [], "answer": ${form.kind === 'words' ? '"..."' : '...'}}`,
    '- nonce: copy it as it stands here.',
    '- reason: why, in one to three sentences.',
    '- steps: numbers of the steps that show it, such as [3, 4]; may be empty.',
    `- answer: ${form.kind === 'words' ? 'one of the answers above, spelled as it is' : `a number from ${form.low} to ${form.high}, without quotes`}.`,
  ];
  if (mistake !== null) {
    lines.push(`Your last answer did not count: ${mistake}. Answer again, as described above.`);
  }
  return lines.join('\n');
}

function choices(form: AnswerForm): string[] {
  if (form.kind === 'scale') {
    return [
      `Answer with a number from ${form.low} (worst) to ${form.high} (best), by the rubric and nothing else.`,
    ];
  }
  const meanings = Object.entries(form.words).map(([word, meaning]) =>
    meaning === '' ? `- ${JSON.stringify(word)}` : `- ${JSON.stringify(word)}: ${meaning}`,
  );
  return ['Choose one of these answers, by the rubric and nothing else:', ...meanings];
}
