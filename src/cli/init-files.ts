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
  # Judges trajectories that were recorded: no agent runs, and no key is needed
  recorded: { replay: ./recordings/shop.trajectories.jsonl }

tools: ./tools/shop.tools.yaml # names and arguments below are checked against it

limits: { tool_calls: 6, repeats: 3 } # ceilings of every trial: a runaway agent fails

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
refund_order:
  description: Pays an order back, in part or in full.
  input:
    type: object
    properties: { order_id: { type: string }, amount: { type: number } }
    required: [order_id, amount]
  effect: irreversible
cancel_order:
  description: Cancels an order that was not sent yet.
  input:
    type: object
    properties: { order_id: { type: string } }
    required: [order_id]
  effect: write
delete_account:
  description: Deletes a customer's account for ever.
  input:
    type: object
    properties: { customer_id: { type: string } }
    required: [customer_id]
  effect: irreversible
`;

const recordings = [
  {
    schema_version: 1,
    suite: 'shop',
    task: 'refund-late-order',
    agent: 'recorded',
    trial: 1,
    steps: [
      { type: 'message', role: 'user', content: 'My order 1042 is late. I want my money back.' },
      { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: '1042' } },
      { type: 'tool_result', id: 'c1', result: { total: 42.5, status: 'late' } },
      {
        type: 'tool_call',
        id: 'c2',
        tool: 'refund_order',
        args: { order_id: '1042', amount: 42.5 },
      },
      { type: 'tool_result', id: 'c2', result: { refunded: true } },
      { type: 'message', role: 'assistant', content: 'I have refunded 42.50 to your card.' },
    ],
    stop: 'completed',
  },
  {
    schema_version: 1,
    suite: 'shop',
    task: 'answer-question',
    agent: 'recorded',
    trial: 1,
    steps: [
      { type: 'message', role: 'user', content: 'Where is my order 1043?' },
      { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: '1043' } },
      { type: 'tool_result', id: 'c1', result: { total: 18, status: 'sent' } },
      { type: 'message', role: 'assistant', content: 'Your order is on its way to you.' },
    ],
    stop: 'completed',
  },
];

const workflow = `name: agentops
on:
  push: { branches: [main] }
  pull_request:
permissions:
  contents: read
jobs:
  eval:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { persist-credentials: false }
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      # Exit code 1 fails the job: the gate did not pass
      - run: npx --yes agentops-eval@VERSION eval --reporter terminal --reporter junit=agentops.junit.xml
      - if: always()
        uses: actions/upload-artifact@v4
        with: { name: agentops, path: agentops.junit.xml }
`;

/** The line that `init` adds to `.gitignore`. */
export const IGNORED = '.agentops/';

/** The files of a small project that passes as it is; `schema` is the JSON Schema of suites. */
export function initFiles(version: string, schema: string): InitFile[] {
  return [
    { path: 'suites/shop.suite.yaml', text: suite },
    { path: 'suites/tools/shop.tools.yaml', text: tools },
    {
      path: 'suites/recordings/shop.trajectories.jsonl',
      text: recordings.map((line) => `${JSON.stringify(line)}\n`).join(''),
    },
    { path: 'suites/suite.schema.json', text: schema },
    { path: '.github/workflows/agentops.yml', text: workflow.replace('VERSION', version) },
  ];
}
