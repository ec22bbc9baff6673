/** What is said of two trials. */
export type PairWinner = 'first' | 'second' | 'tie';

/** What one ballot says in both orders, the second turned round; null where one of the two was lost. */
export interface PairBallots {
  readonly given: PairWinner | null;
  readonly turned: PairWinner | null;
}

/** What ballots come to: the winner that most of all ballots name in both orders, else a tie; null where a lost one could change it. Consistent where none was lost and each said the same in both orders. */
export function agreeOnPair(ballots: readonly PairBallots[]): {
  winner: PairWinner | null;
  consistent: boolean;
} {
  const said = ballots.map(winnerOf);
  const count = (what: PairWinner | null) => said.filter((one) => one === what).length;
  const isMost = (votes: number) => votes * 2 > ballots.length;
  const consistent =
    ballots.length > 0 && ballots.every(({ given, turned }) => given !== null && given === turned);
  const lost = count(null);
  if (isMost(count('first'))) return { winner: 'first', consistent };
  if (isMost(count('second'))) return { winner: 'second', consistent };
  const isOpen = isMost(count('first') + lost) || isMost(count('second') + lost);
  return { winner: isOpen || lost === ballots.length ? null : 'tie', consistent };
}

/** A preference that turns with the order is none. */
function winnerOf({ given, turned }: PairBallots): PairWinner | null {
  if (given === null || turned === null) return null;
  return given === turned ? given : 'tie';
}
