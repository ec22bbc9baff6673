import { messageOf } from '../errors.ts';
import { fileDigest } from '../io/file-digest.ts';
import { isObject } from '../json/object.ts';
import type { Task } from '../model/suite.ts';
import { addAll } from './add-all.ts';
import { expandTask } from './expand-task.ts';
import type { KeyPath } from './kinds.ts';
import { lineTask } from './line-task.ts';
import { loadTask, type SuiteDefaults } from './load-task.ts';
import { type Part, resolveAt, type SuiteLoading } from './part-loading.ts';
import { below, isSound, type ValueAt } from './schema-faults.ts';
import { faultAt, placeOf } from './source.ts';
import { taskLines } from './task-lines.ts';

/** Reads the tasks of a suite, from the list or from the file that is named. */
export async function loadTasks(
  loading: SuiteLoading,
  { value, at }: Part,
  defaults: SuiteDefaults,
): Promise<Task[]> {
  const tasks = new TaskList(loading, defaults);
  if (Array.isArray(value)) {
    const trapped = byTask(at);
    for (const [index, written] of value.entries()) {
      const place = { ...below(at, [index]), trapped: trapped.get(index) ?? [] };
      await tasks.add({ value: written, at: place });
    }
  } else if (isObject(value) && typeof value['from'] === 'string') {
    const place = below(at, ['from']);
    if (isSound(place)) await addLines(loading, tasks, value['from'], place);
  }
  return tasks.tasks;
}

/** What is wrong, by the task that it is wrong in, so that a task need not look at what is wrong elsewhere. */
function byTask({ path, trapped }: ValueAt): Map<unknown, KeyPath[]> {
  const groups = new Map<unknown, KeyPath[]>();
  for (const trap of trapped) {
    const task = trap[path.length];
    const group = groups.get(task);
    if (group) group.push(trap);
    else groups.set(task, [trap]);
  }
  return groups;
}

async function addLines(
  loading: SuiteLoading,
  tasks: TaskList,
  named: string,
  at: ValueAt,
): Promise<void> {
  const file = await resolveAt(loading, named, at);
  if (file === null) return;
  let lines = 0;
  try {
    loading.digests.set(file, await fileDigest(file));
    for await (const { part, faults } of taskLines(file)) {
      lines++;
      addAll(loading.faults, faults);
      if (part) await tasks.add(part);
    }
  } catch (thrown) {
    loading.faults.push(faultAt(at.source, at.path, messageOf(thrown)));
    return;
  }
  if (lines > 0) return;
  const message = `"${named}" holds no task: an empty suite never passes`;
  loading.faults.push(faultAt(at.source, at.path, message));
}

/** The tasks that were read so far, each id once. */
class TaskList {
  readonly tasks: Task[] = [];
  private readonly lines = new Map<string, number>();
  private readonly loading: SuiteLoading;
  private readonly defaults: SuiteDefaults;

  constructor(loading: SuiteLoading, defaults: SuiteDefaults) {
    this.loading = loading;
    this.defaults = defaults;
  }

  /** Adds what a task as written stands for. */
  async add({ value, at }: Part): Promise<void> {
    const { tasks, made, faults, trapped } = expandTask(value, at);
    addAll(this.loading.faults, faults);
    const place = trapped.length > 0 ? { ...at, trapped: [...at.trapped, ...trapped] } : at;
    const { line } = placeOf(at.source, at.path);
    for (const [index, written] of tasks.entries()) {
      const id = isObject(written) ? written['id'] : undefined;
      if (typeof id === 'string') {
        const first = this.lines.get(id);
        if (first !== undefined) this.refuse(id, at, made && first === line ? null : first);
        this.lines.set(id, first ?? line);
      }
      const entry = made ? index + 1 : null;
      const task = await loadTask(
        this.loading,
        { value: written, at: place },
        this.defaults,
        entry,
      );
      if (!task) continue;
      const isLine = at.path.length === 0 && isObject(value) && task.expect === value['expect'];
      this.tasks.push(isLine ? lineTask(task, at.source.text) : task);
    }
  }

  /** Says that an id was used on a line before, null for another entry of the same `for_each`. */
  private refuse(id: string, at: ValueAt, first: number | null): void {
    const message =
      first === null
        ? `for_each makes the task id "${id}" twice; put a {{name}} that differs into it`
        : `Task id "${id}" is used twice, first on line ${first}`;
    this.loading.faults.push(faultAt(at.source, [...at.path, 'id'], message));
  }
}
