import { dirname } from 'node:path';
import { errorText } from '../../error-text.ts';
import { ownLines } from '../../log.ts';
import type { Teller } from '../../messages/teller.ts';
import type { Texts } from '../../text.ts';
import type { DevEvent } from './dev.ts';

/**
 * What `dev` shows of an event, as lines for people: one line says what changed and what came of it. An answer of the
 * bot is data and not among them.
 *
 * @param time - Shown in front, such as `09:41:02`.
 */
export function devLines(event: DevEvent, time: string, texts: Texts, teller: Teller): string[] {
  switch (event.type) {
    case 'emulator':
      return [`${texts.devCoze} ${event.url}`];
    case 'serving': {
      const { files, changes, url, plugin, version } = event;
      const marks = shortList([
        ...changes.added.map((name) => `+${name}`),
        ...changes.removed.map((name) => `-${name}`),
        ...changes.changed.map((name) => `~${name}`),
      ]);
      const why = files.length === 0 ? '' : `${texts.devChanged} ${shortList(files)}  `;
      return [`${time}  ${why}${texts.servingOn} ${url}  ${plugin} ${version}${marks && `  ${marks}`}`];
    }
    case 'refused':
      return [`${time}  ${texts.devRefused} ${event.message}`];
    case 'failed':
      return [
        errorText(event.error, texts, teller),
        `${time}  ${event.isServing ? texts.devFormer : texts.devWaiting}`,
      ];
    case 'log':
      return [logLine(event.line)];
    case 'tool.started':
      return [`→ ${texts.toolCall} ${event.tool} ${JSON.stringify(event.input)}`];
    case 'tool.finished':
      return [`← ${event.ok ? texts.toolDone : texts.toolFailed} ${event.tool} (${event.durationMs} ms)`];
    case 'chat.failed':
      return [errorText(event.error, texts, teller)];
    case 'answer':
    case 'changed':
    case 'said':
      return [];
  }
}

/** Whose files say nothing about a mistake of a plugin. */
const program = dirname(import.meta.dirname);

/** Names beyond these are counted. */
const SHOWN = 4;

function shortList(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(more > 0 ? [`… +${more}`] : [])].join(' ');
}

/** The log of the server is one JSON object a line; what is not stays as it is. */
function logLine(line: string): string {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const {
    time: _,
    request: _id,
    caller: _caller,
    level,
    message,
    method,
    route,
    status,
    ms,
    error,
    ...rest
  } = entry;
  if (message === 'request') return `  ${method} ${route} ${status} (${ms} ms)`;
  const facts = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const told = `  ${level === 'info' ? '' : `${level}: `}${message} ${facts.join(' ')}`.trimEnd();
  return typeof error === 'string' ? [told, ...ownLines(error, program)].join('\n    ') : told;
}
