/** Tag around what the agent said; only the request may hold it. */
export const AGENT_TAG = 'agent_said';

/** What a user would not say, in lower case and with single blanks. */
const AS_ASSISTANT: readonly RegExp[] = [
  /\bhow (?:can|may|could|might) i (?:best )?(?:help|assist|be of (?:help|service|assistance))\b/,
  /\banything else i can (?:help|assist|do)\b/,
  /\bi(?:'m| am) (?:here|happy|glad) to (?:help|assist)\b/,
  /\bas an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant)\b/,
  /\bi(?:'m| am) (?:just |only )?an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant|chatbot)\b/,
  /\bthank(?:s| you) for (?:contacting|calling|reaching out to) us\b/,
];

/** How models write calls of tools, and the marks of their own templates. */
const AS_CALL: readonly RegExp[] = [
  /<\/?(?:tool_calls?|tool_response|function_calls?|function=|invoke)/,
  /"(?:tool_calls|function_call|arguments)"\s*:/,
  /\[\/?tool_calls?\]/,
  /\bto=functions\./,
  /<\|/,
];

const TAG = new RegExp(`<\\s*/?\\s*${AGENT_TAG}`);
const LABEL = /^[\s*>#-]{0,8}(?:assistant|agent|support(?: agent)?|bot|ai|system)\*{0,2} ?:/m;

/** Why a text cannot be what a user says, null where it can. */
export function outOfRole(text: string): string | null {
  const plain = plainText(text);
  const inOneLine = plain.replace(/\s+/g, ' ');
  if (TAG.test(plain)) return 'it repeats the mark of what the agent said';
  if (AS_CALL.some((one) => one.test(plain))) return 'it holds a call of a tool';
  if (LABEL.test(plain)) return 'it speaks for both sides';
  if (AS_ASSISTANT.some((one) => one.test(inOneLine))) return 'it speaks as an assistant';
  return null;
}

/** A text in which neither look-alikes nor marks without width hide anything. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .toLowerCase();
}
