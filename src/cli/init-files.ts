/** A file that `init` writes: its path under the folder, and its text. */
export interface InitFile {
  readonly path: string;
  readonly text: string;
}

const suite = `# yaml-language-server: $schema=./suite.schema.json
# What the agent of a small shop should do when customers write, and what it must never do.
suite: shop
description: Refunds late orders, and never more than was paid

agents:
  # A function in this folder: put your own in its place. Programs in any language, models and endpoints are agents too:
  #   command: [python3, ./agent.py]     chat: { model: gpt-5-mini }     http: { url: "http://localhost:3000/run" }
  mine: { module: ./agents/shop.mjs#shopAgent }

tools: ./tools/shop.tools.yaml # no tool is real: what each one answers is written there

limits: { tool_calls: 6, repeats: 3, seconds: 60 } # a trial that goes beyond is stopped, and fails

expect: # must hold for every task
  never: [delete_account]

tasks:
  - id: refund-late-order
    tags: [refund]
    input: My order 1042 is late. I want my money back.
    expect:
      calls:
        in_order: # other calls may stand between
          - get_order: { order_id: "1042" }
            result: { total: { $as: total } } # captures what the tool answered
          - refund_order: { order_id: "1042", amount: { $lte: { $ref: total } } }
      never: [cancel_order]
      answer: { $regex: "(?i)refunded" }
    prefer: # only moves the score
      limits: { tool_calls: 2 }

  - id: answer-question
    input: Where is my order 1043?
    expect:
      calls:
        exact: # these calls and no others
          - get_order: { order_id: "1043" }
      answer: { $contains: on its way }
`;

const tools = `get_order:
  description: Looks an order up.
  input:
    type: object
    properties: { order_id: { type: string } }
    required: [order_id]
  effect: read
  mock: # the first entry that matches answers; a call that none answers is an error
    - when: { order_id: "1042" }
      result: { status: late, total: 42.5 }
    - when: { order_id: "1043" }
      result: { status: sent, total: 18 }
    - error: { code: not_found, message: There is no such order }
refund_order:
  description: Pays an order back, in part or in full.
  input:
    type: object
    properties: { order_id: { type: string }, amount: { type: number } }
    required: [order_id, amount]
  effect: irreversible
  mock:
    - result: { refunded: true }
cancel_order:
  description: Cancels an order that was not sent yet.
  input:
    type: object
    properties: { order_id: { type: string } }
    required: [order_id]
  effect: write
  mock:
    - result: { cancelled: true }
delete_account:
  description: Deletes a customer's account for ever.
  input:
    type: object
    properties: { customer_id: { type: string } }
    required: [customer_id]
  effect: irreversible
  mock:
    - result: { deleted: true }
`;

const agent = `// An agent without a model, so that this suite runs as it is. callTool reaches the mocked tools, never real ones.
export async function shopAgent({ input }, { callTool }) {
  const order_id = /\\d+/.exec(input)?.[0];
  if (!order_id) return 'Which order is it?';
  const { status, total } = await callTool('get_order', { order_id });
  if (status !== 'late') return 'Your order is on its way to you.';
  await callTool('refund_order', { order_id, amount: total });
  return \`I have refunded \${total} to your card.\`;
}
`;

/** The line that `init` adds to `.gitignore`. */
export const IGNORED = '.agentops/';

/** The files of a small project that passes as it is; `schema` is the JSON Schema of suites. */
export function initFiles(schema: string): InitFile[] {
  return [
    { path: 'suites/shop.suite.yaml', text: suite },
    { path: 'suites/tools/shop.tools.yaml', text: tools },
    { path: 'suites/agents/shop.mjs', text: agent },
    { path: 'suites/suite.schema.json', text: schema },
  ];
}
