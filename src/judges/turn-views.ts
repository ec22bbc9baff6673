import { isOfUser } from '../match/of-user.ts';
import { REDACTED } from '../match/same-json.ts';
import { cut } from '../match/show.ts';
import { textOf, type View } from '../match/view.ts';
import type { MessageStep, Step } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import { withoutTold } from '../safety/flow/canary-texts.ts';
import { failed, undecided } from './judge.ts';
import type { AskedTurn } from './question.ts';
import { turnView } from './turn-view.ts';

/** One turn of a trajectory, or what is to be said where it cannot be looked at. */
export type TurnLook =
  | { readonly view: View; readonly outcome?: undefined }
  | { readonly view?: undefined; readonly outcome: Outcome };

/** Looks at one turn of a conversation after the other. */
export type TurnViews = (turn: AskedTurn) => TurnLook;

/** Divides a trajectory into turns at its user messages, once a turn is asked for. */
export function turnViews(whole: View): TurnViews {
  let starts: readonly number[] | null = null;
  let compared: { users: readonly unknown[]; stray: Stray | null } | null = null;
  const views = new Map<number, View>();
  return ({ index, users }) => {
    starts ??= userMessages(whole.steps);
    if (compared?.users !== users) compared = { users, stray: strayMessage(whole, starts, users) };
    const { stray } = compared;
    if (stray && stray.at <= index) return { outcome: stray.outcome };
    const start = starts[index];
    if (start === undefined) return { outcome: absent(whole, starts.length, index, users.length) };
    const end = starts[index + 1] ?? whole.steps.length;
    const view = views.get(index) ?? turnView(whole, { start, end, isFirst: index === 0 });
    views.set(index, view);
    return { view };
  };
}

/** Indexes of what the user says; what one agent says to another in the part of a user is left out. */
function userMessages(steps: readonly Step[]): number[] {
  const found: number[] = [];
  steps.forEach((step, index) => {
    if (isOfUser(step)) found.push(index);
  });
  return found;
}

/** The first turn whose user message is another one. */
interface Stray {
  readonly at: number;
  readonly outcome: Outcome;
}

/** Finds out whether the trajectory is of another conversation: turns could then be mistaken for each other. */
function strayMessage(
  whole: View,
  starts: readonly number[],
  users: readonly unknown[],
): Stray | null {
  for (const [at, wanted] of users.entries()) {
    const start = starts[at];
    if (start === undefined) return null;
    const message = whole.steps[start] as MessageStep; // a user message
    const said = plain(withoutTold(textOf(message.content)));
    if (typeof wanted !== 'string' || said === plain(wanted) || said.includes(REDACTED)) continue;
    const words = `User message ${at + 1} is ${shown(said)}, turn ${at + 1} of the conversation is ${shown(wanted)}`;
    return { at, outcome: undecided(words, [start]) };
  }
  return null;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function shown(text: string): string {
  return JSON.stringify(cut(text, 60));
}

/** Ends after which no turn can be expected to come: the agent is to blame. */
const EARLY: ReadonlySet<string | null> = new Set(['limit', 'agent_error', 'terminated']);

function absent({ trajectory }: View, messages: number, index: number, of: number): Outcome {
  if (EARLY.has(trajectory.stop)) {
    return failed(`The conversation ended before this turn (turn ${index + 1} of ${of})`);
  }
  const found = `${messages} user ${messages === 1 ? 'message' : 'messages'}`;
  return undecided(`The trajectory holds ${found}, turn ${index + 1} of ${of} is not there`);
}
