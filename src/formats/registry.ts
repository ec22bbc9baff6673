import { adkEvalset } from './adk/adk-evalset.ts';
import { adkSession } from './adk/adk-session.ts';
import { agentDojo } from './agentdojo/agentdojo.ts';
import { agentevals } from './agentevals/agentevals.ts';
import { agentops } from './agentops.ts';
import { bfcl } from './bfcl/bfcl.ts';
import type { Format } from './format.ts';
import { openaiChat } from './openai-chat.ts';
import { jaeger, otlp } from './otel/otel.ts';
import { tauBench } from './tau-bench/tau-bench.ts';
import { tau2Bench } from './tau2-bench/tau2-bench.ts';

/** Every format that trajectories are read from. */
export const formats: readonly Format[] = [
  adkEvalset,
  adkSession,
  agentDojo,
  agentevals,
  agentops,
  bfcl,
  jaeger,
  openaiChat,
  otlp,
  tauBench,
  tau2Bench,
];
