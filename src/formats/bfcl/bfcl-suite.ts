import { AgentopsError } from '../../errors.ts';
import { recordFault } from '../each-record.ts';
import type { SideFiles, SuiteSource } from '../format.ts';
import { readSideRecords } from '../side-file.ts';
import { type BfclAnswer, readBfclAnswers } from './bfcl-answer.ts';
import { expectedCalls } from './bfcl-calls.ts';
import { categoryOf, readBfclQuestions } from './bfcl-question.ts';
import { BfclFunction, bfclTools } from './bfcl-tools.ts';
import { expectedTurns } from './bfcl-turns.ts';

/** Draws tasks from the questions and possible answers of a category. Throws `usage` where one of the files is missing. */
export async function bfclSuite({ tasks, rules, tools }: SideFiles): Promise<SuiteSource> {
  if (tasks === undefined) {
    const wanted = 'expected --tasks with the questions of its category';
    throw new AgentopsError('usage', `Cannot tell what BFCL asks: ${wanted}`);
  }
  const questions = await readBfclQuestions(tasks);
  if (rules === undefined && [...questions.keys()].some((id) => aboutRelevance(id) === null)) {
    const wanted = 'expected --rules with the possible answers of its category';
    throw new AgentopsError('usage', `Cannot tell what BFCL expects: ${wanted}`);
  }
  const answers = rules === undefined ? new Map<string, never>() : await readBfclAnswers(rules);
  const listed = tools === undefined ? [] : await readSideRecords(tools, BfclFunction);
  const asked = [...questions.values()].flatMap(({ functions }) => functions);
  return {
    tools: bfclTools([...asked, ...listed]),
    task: ({ task: id }) => {
      const question = questions.get(id);
      if (question === undefined)
        throw recordFault(`It is of "${id}", which --tasks does not hold`);
      const { input, functions } = question;
      const expect = expected(id, answers.get(id), [...functions, ...listed]);
      return { id, ...(input !== '' && { input }), expect };
    },
  };
}

function expected(
  id: string,
  answer: BfclAnswer | undefined,
  functions: readonly BfclFunction[],
): Record<string, unknown> {
  const relevance = aboutRelevance(id);
  if (relevance !== null) return relevance;
  if (answer === undefined) throw recordFault(`It is of "${id}", which --rules does not hold`);
  const language = /(?:^|_)(java|javascript)$/.exec(categoryOf(id))?.[1];
  if (language !== undefined) {
    return { undecided: `Values are written in ${language}, and only that tells what they are` };
  }
  const { ground_truth: truth } = answer;
  if (isTexts(truth)) return { undecided: 'What a call gives is told by executing it only' };
  return isTurns(truth) ? expectedTurns(truth, functions) : expectedCalls(truth, functions);
}

/** What is expected where the question alone tells: no call, or some call; null for other categories. */
function aboutRelevance(id: string): Record<string, unknown> | null {
  const category = categoryOf(id);
  if (/(?:^|_)irrelevance$/.test(category)) return { calls: { exact: [] } };
  return /(?:^|_)relevance$/.test(category) ? { calls: { any_order: ['*'] } } : null;
}

type Truth = BfclAnswer['ground_truth'];

function isTexts(truth: Truth): truth is string[] {
  return Array.isArray(truth) && truth.some((one) => typeof one === 'string');
}

function isTurns(truth: Truth): truth is string[][] {
  return Array.isArray(truth) && truth.length > 0 && truth.every(Array.isArray);
}
