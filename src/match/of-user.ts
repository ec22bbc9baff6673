import type { MessageStep, Step } from '../model/trajectory.ts';

/** Whether a step is what the user says; what one agent says to another in the part of a user is not. */
export function isOfUser(step: Step): boolean {
  if (step.type !== 'message' || (step as MessageStep).role !== 'user') return false; // the tag says so
  return (step['actor'] ?? 'user') === 'user';
}
