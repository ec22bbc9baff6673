import type { ServerResponse } from 'node:http';
import type { Session } from '../live/session.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { Handler, Handlers } from './handler.ts';
import { parseBody } from './parse-body.ts';
import { type BodyBudget, RefusedBody, withBody } from './read-body.ts';
import { NO_RETRY, refusalOf } from './refusal.ts';
import { sendJson } from './send.ts';

/** The mocked tools over plain HTTP: `GET /tools` lists them, `POST /tools/<name>` calls one with JSON arguments. */
export function toolHandlers(session: Session, budget: BodyBudget): Handlers {
  const list: Handler = async ({ method }, response) => {
    if (method !== 'GET')
      return refuse(response, 405, 'not_allowed', 'Expected GET', { allow: 'GET' });
    const tools = Object.entries(session.tools ?? {});
    const shown = tools.map(([name, { description, input }]) => ({ name, description, input }));
    sendJson(response, 200, { tools: shown });
  };
  const call: Handler = async (request, response, path) => {
    if (request.method !== 'POST') {
      return refuse(response, 405, 'not_allowed', 'Expected POST', { allow: 'POST' });
    }
    try {
      const tool = toolIn(path);
      await withBody(request, budget, async (bytes) => {
        const args = bytes.length === 0 ? {} : parseBody(bytes);
        sendJson(response, 200, whole(await session.callTool({ tool, args })));
      });
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === null) throw thrown;
      refuse(response, refusal.status, refusal.code, refusal.message);
    }
  };
  return new Map([
    ['/tools', list],
    ['/tools/', call],
  ]);
}

/** A tool that answers nothing answers null, not an empty object. */
function whole(answer: ToolAnswer): ToolAnswer {
  return 'error' in answer ? answer : { result: answer.result ?? null };
}

function toolIn(path: string): string {
  try {
    return decodeURIComponent(path.slice('/tools/'.length));
  } catch {
    throw new RefusedBody(400, 'Cannot read the name of the tool: its % signs encode nothing');
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(response, status, { error: { message, code } }, { ...NO_RETRY, ...headers });
}
