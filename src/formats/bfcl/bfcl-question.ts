import * as z from 'zod';
import { byId } from '../by-id.ts';
import { readSideRecords } from '../side-file.ts';
import { BfclFunction } from './bfcl-tools.ts';

const Message = z.looseObject({ role: z.string(), content: z.string().nullish() });

const Question = z.looseObject({
  id: z.string().describe('Id of the task'),
  question: z
    .union([z.string(), z.array(z.union([Message, z.array(Message)]))])
    .describe('What the user says: a text, or messages by turn'),
  function: z
    .union([BfclFunction, z.array(BfclFunction)])
    .optional()
    .describe('Functions that the agent may call'),
});

/** What is asked in one task. */
export interface BfclQuestion {
  readonly id: string;
  /** All that the user says. */
  readonly input: string;
  readonly functions: readonly BfclFunction[];
}

/** Reads the questions of a category by their ids. Throws `input_fault` or `disk_fault`. */
export async function readBfclQuestions(file: string): Promise<ReadonlyMap<string, BfclQuestion>> {
  const questions = await readSideRecords(file, Question);
  return byId(file, questions.map(questionOf), ({ id }) => id);
}

function questionOf({
  id,
  question,
  function: given = [],
}: z.infer<typeof Question>): BfclQuestion {
  const functions = Array.isArray(given) ? given : [given];
  if (typeof question === 'string') return { id, input: question, functions };
  const texts = question
    .flat()
    .flatMap(({ role, content }) => (role === 'user' && content ? [content] : []));
  return { id, input: texts.join('\n\n'), functions };
}

/** The category of a task, which its id begins with: `live_simple` of `live_simple_3-1-0`. */
export function categoryOf(id: string): string {
  return id.replace(/_\d+(?:-\d+)*$/, '');
}
