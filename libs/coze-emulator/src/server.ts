import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { UserError } from '@cozecut/problems';
import { control } from './control.ts';
import { createEmulation, type EmulatorOptions } from './emulation.ts';
import type { Fault } from './faults.ts';
import { Refusal } from './refusal.ts';
import type { Scenario } from './scenario.ts';
import type { TranscriptEntry } from './transcript.ts';

/** A running emulator. */
export interface Emulator {
  /** Base address, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly token: string;
  /** What crossed the wire so far, tokens left out. */
  transcript(): TranscriptEntry[];
  /** Changes what the next chats play. */
  setScenario(scenario: Scenario): void;
  /** Replaces the faults; requests are counted from here. */
  setFaults(faults: readonly Fault[]): void;
  /** Forgets conversations, chats, faults and transcript; counters start again. */
  reset(): void;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/** The largest request body, as on the real service. */
const MAX_BODY_BYTES = 15 * 1024 * 1024;

/**
 * Starts a Coze cloud on loopback.
 *
 * @throws UserError EMULATOR_PORT_BUSY when the port cannot be listened on.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulation = createEmulation(options);
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const text = await readBody(req);
    if (req.url?.startsWith('/__emu/')) return control(emulation, req, res, text);
    return emulation.answer(req, res, text, connections.get(req.socket) ?? 0);
  };
  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      if (res.headersSent) return void res.destroy();
      const { code, status } = error instanceof Refusal ? error : { code: 5000, status: 500 };
      res.writeHead(status ?? 400, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify({ code, msg: String(error) }));
    });
  });
  server.on('connection', (socket) => connections.set(socket, ++connectionCount));
  const port = options.port ?? 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new UserError('EMULATOR_PORT_BUSY', `cannot listen on 127.0.0.1:${port}`, { cause })),
    );
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: emulation.token,
    transcript: emulation.transcript,
    setScenario: emulation.setScenario,
    setFaults: emulation.setFaults,
    reset: emulation.reset,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @throws Refusal 4000 */
async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Refusal(4000, 'the body is larger than 15 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
