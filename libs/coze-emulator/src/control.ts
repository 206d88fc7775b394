import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Emulation, parseJson } from './emulation.ts';
import type { Fault } from './faults.ts';
import { Refusal } from './refusal.ts';

/** Answers the `/__emu/…` routes, which steer the emulator and stay out of the transcript. */
export function control(emulation: Emulation, req: IncomingMessage, res: ServerResponse, text: string): void {
  switch (`${req.method} ${req.url}`) {
    case 'GET /__emu/transcript': {
      const lines = emulation.transcript().map((entry) => `${JSON.stringify(entry)}\n`);
      res.writeHead(200, { 'Content-Type': 'application/jsonl; charset=utf-8' }).end(lines.join(''));
      return;
    }
    case 'POST /__emu/scenario':
      emulation.setScenario(parseJson(text));
      break;
    case 'POST /__emu/fault':
      emulation.setFaults(parseFaults(parseJson(text)));
      break;
    case 'POST /__emu/reset':
      emulation.reset();
      break;
    default:
      throw new Refusal(404, `${req.method} ${req.url} does not exist`, 404);
  }
  res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
}

function parseFaults(value: unknown): Fault[] {
  const isFault = (item: unknown) => typeof (item as { id?: unknown } | null)?.id === 'string';
  if (Array.isArray(value) && value.every(isFault)) return value as Fault[];
  throw new Refusal(4000, 'faults are a list of objects with an id');
}
