import { agentKinds } from '../agents/registry.ts';
import { judges } from '../judges/registry.ts';
import type { SuiteKinds } from '../suite/kinds.ts';

/** What a suite may hold: the one place that composes the registries. */
export const suiteKinds: SuiteKinds = { judges, agents: agentKinds };
