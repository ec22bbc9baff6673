import type { Fault, Task } from '../model/suite.ts';
import type { Part } from './part-loading.ts';
import { faultAt } from './source.ts';

/** Tells where a task has two that say what the user says first. */
export function sayingFaults(task: Task, { at }: Part): Fault[] {
  const { input, conversation, user } = task;
  const tell = (path: string[], message: string) =>
    faultAt(at.source, [...at.path, ...path], message, { on: 'key' });
  const faults: Fault[] = [];
  if (conversation && input !== undefined) {
    const message = 'Both input and conversation are given: the first turn is the input';
    faults.push(tell(['input'], message));
  }
  if (conversation && user) {
    const message = 'Both conversation and user are given: one of them says what the user says';
    faults.push(tell(['user'], message));
  }
  if (input !== undefined && user?.simulate.opening !== undefined) {
    const message = 'Both input and opening are given: the input is what the user says first';
    faults.push(tell(['user', 'simulate', 'opening'], message));
  }
  return faults;
}
