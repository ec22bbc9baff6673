import { adkEvalset } from './adk/adk-evalset.ts';
import { adkSession } from './adk/adk-session.ts';
import { agentops } from './agentops.ts';
import type { Format } from './format.ts';
import { openaiChat } from './openai-chat.ts';
import { jaeger, otlp } from './otel/otel.ts';
import { tauBench } from './tau-bench/tau-bench.ts';

/** Every format that trajectories are read from. */
export const formats: readonly Format[] = [
  agentops,
  openaiChat,
  tauBench,
  adkEvalset,
  adkSession,
  jaeger,
  otlp,
];
