import * as z from 'zod';

/** One place in which a value departs from what was wanted. */
export const Difference = z.looseObject({
  path: z.string().describe('Where: `amount`, `items[0].id`, or `result.total`'),
  kind: z.enum(['differs', 'missing', 'unexpected', 'unknown']),
  was: z.unknown().optional().describe('The value that was there'),
  wanted: z.string().optional().describe('What was wanted, in words'),
});
export type Difference = z.infer<typeof Difference>;

/** One line of an alignment of expected against actual calls. */
export const AlignmentItem = z.looseObject({
  kind: z
    .enum(['matched', 'missing', 'unexpected', 'near', 'other'])
    .describe('`near`: a missing element beside the call that came closest; `other`: allowed'),
  element: z.int().optional().describe('Index of the expected element in its list'),
  wanted: z.string().optional().describe('The expected element, in words'),
  step: z.int().optional().describe('Index of the call among the steps'),
  call: z.string().optional().describe('The call, in words'),
  differences: z.array(Difference).optional().describe('With `near`: what differs'),
});
export type AlignmentItem = z.infer<typeof AlignmentItem>;

/** How the calls that were made line up with those that were expected, in the order to show. */
export const Alignment = z.looseObject({
  mode: z.string(),
  matched: z.int(),
  missing: z.int(),
  unexpected: z.int().describe('Calls that the mode forbids'),
  items: z.array(AlignmentItem),
  omitted: z.int().describe('Items that were left out to keep this short'),
});
export type Alignment = z.infer<typeof Alignment>;
