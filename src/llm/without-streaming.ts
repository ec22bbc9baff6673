/** A request as it would be without streaming: agents that stream and agents that do not ask the same. */
export function withoutStreaming(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { stream: _stream, stream_options: _options, ...asked } = body;
  return asked;
}
