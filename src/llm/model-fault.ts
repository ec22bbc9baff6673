import { AgentopsError } from '../errors.ts';
import type { Endpoint } from './endpoint-for.ts';
import { withoutSecrets } from './without-secrets.ts';

/** The `model_fault` of an endpoint that gave no answer, without the secrets that it may have echoed. */
export function modelFault(model: string, endpoint: Endpoint, why: string): AgentopsError {
  const address = `${endpoint.base_url.replace(/\/$/, '')}${endpoint.path}`;
  const message = `Cannot ask model ${JSON.stringify(model)} at ${address}: ${why}`;
  return new AgentopsError('model_fault', withoutSecrets(message, endpoint.secrets));
}
