/** A message of a simulation. */
export function message(role: string, content: string | null, more: object = {}) {
  return { role, content, ...more };
}

/** A task that expects nothing but what is given. */
export function task(id: string, criteria: object | null = {}) {
  return {
    id,
    user_scenario: { instructions: 'Call about your line' },
    evaluation_criteria: criteria,
  };
}

/** A call that worked: tool, arguments, and whether the simulated user makes it. */
export type Called = [name: string, args: Record<string, unknown>, requestor?: 'user'];

/** A simulation in which calls are made and an answer is given. */
export function simulation(id: string, calls: readonly Called[], more: object = {}) {
  const called = calls.flatMap(([name, args, requestor = 'assistant'], index) => [
    message(requestor, null, {
      tool_calls: [{ id: `c${index}`, name, arguments: args, requestor }],
    }),
    { role: 'tool', id: `c${index}`, content: 'ok', error: false, requestor },
  ]);
  return {
    task_id: id,
    trial: 0,
    termination_reason: 'user_stop',
    messages: [message('user', 'Hello'), ...called, message('assistant', 'It costs 1,234 dollars')],
    ...more,
  };
}

/** A result file. */
export function resultsOf(tasks: readonly unknown[], simulations: readonly unknown[]) {
  return { info: { agent_info: { llm: 'm-1' } }, tasks, simulations };
}
