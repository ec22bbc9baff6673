import type { Dialect } from '../../model/exchange.ts';
import { readChatReply, writeChatReply } from './chat-reply.ts';
import { readChatRequest } from './chat-request.ts';
import { streamChat } from './chat-stream.ts';
import type { DialectCodec } from './dialect-codec.ts';
import { anthropicError, openaiError } from './error-bodies.ts';
import { readMessagesReply, writeMessagesReply } from './messages-reply.ts';
import { readMessagesRequest } from './messages-request.ts';
import { streamMessages } from './messages-stream.ts';
import { readResponsesReply, writeResponsesReply } from './responses-reply.ts';
import { readResponsesRequest } from './responses-request.ts';
import { streamResponses } from './responses-stream.ts';

/** The protocols of models: OpenAI chat completions and responses, Anthropic messages. */
export const dialects: Readonly<Record<Dialect, DialectCodec>> = {
  chat: {
    readRequest: readChatRequest,
    readReply: readChatReply,
    writeReply: writeChatReply,
    writeError: openaiError,
    streamOf: streamChat,
  },
  responses: {
    readRequest: readResponsesRequest,
    readReply: readResponsesReply,
    writeReply: writeResponsesReply,
    writeError: openaiError,
    streamOf: streamResponses,
  },
  messages: {
    readRequest: readMessagesRequest,
    readReply: readMessagesReply,
    writeReply: writeMessagesReply,
    writeError: anthropicError,
    streamOf: streamMessages,
  },
};
