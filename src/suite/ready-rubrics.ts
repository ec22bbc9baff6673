import { rubricSchema, type WrittenRubric } from './rubric-schema.ts';

/** Ready-made rubrics by name, unread: most suites have no judge. */
let parsed: ReadonlyMap<string, unknown> | undefined;

function readyRubrics(): ReadonlyMap<string, unknown> {
  parsed ??= new Map(Object.entries(JSON.parse(__AGENTOPS_RUBRICS__)));
  return parsed;
}

/** Names of the ready-made rubrics. */
export function readyRubricNames(): string[] {
  return [...readyRubrics().keys()];
}

/** A ready-made rubric, null where none has that name. */
export function readyRubric(name: string): WrittenRubric | null {
  const written = readyRubrics().get(name);
  return written === undefined ? null : rubricSchema.parse(written);
}
