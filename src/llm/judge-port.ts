/** A question to a model that wants one JSON object back. */
export interface PortRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature: number;
  readonly seed: number;
  /** JSON Schema of the answer; left out where the endpoint does not know it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The whole answer of a model, unread. */
export interface PortReply {
  /** null where it wrote none. */
  readonly text: string | null;
  /** What it says where it refuses to answer. */
  readonly refusal: string | null;
  /** It ran out of tokens: what is there is not all. */
  readonly isCutOff: boolean;
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number } | null;
  /** null where no price or no tokens are known. */
  readonly costUsd: number | null;
  /** What was posted in the end, and what came back, as JSON. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: unknown;
}

/** Asks the models of judges, each in its own lane: so many at once, so many a minute, none any more once its endpoint said never. */
export interface JudgePort {
  /** Throws `model_fault` where there is no answer, and the reason of the signal once that is aborted. */
  ask(request: PortRequest, signal: AbortSignal): Promise<PortReply>;
}
