import type { Expectations } from '../model/expectations.ts';
import type { Place, Task } from '../model/suite.ts';

/** A task that was read from one line: its expectations stay text until they are asked for, as very many such tasks wait for their turn at once. */
class LineTask {
  readonly at: Place;
  private readonly text: string;

  constructor(task: Omit<Task, 'expect'>, text: string) {
    Object.assign(this, task);
    this.at = task.at;
    this.text = text;
  }

  get expect(): Expectations {
    const { expect = {} } = JSON.parse(this.text) as { expect?: Expectations }; // validated when it was read
    return expect;
  }
}

/** A task as it is, with its expectations read again from the line that it stands in whenever they are asked for. */
export function lineTask({ expect: _, ...task }: Task, text: string): Task {
  return new LineTask(task, text) as LineTask & Task; // its constructor took over every other field
}
