import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UserError } from '@cozecut/problems';
import { control } from './control.ts';
import { createEmulation, type Emulation } from './emulation.ts';
import type { Fault } from './faults/types.ts';
import type { EmulatorOptions } from './options.ts';
import type { RegisteredPlugin } from './plugin/types.ts';
import { Refusal } from './refusal.ts';
import { readBody } from './request-body.ts';
import type { Scenario } from './scenario/types.ts';
import type { TranscriptEntry } from './transcript/transcript.ts';

/** A running emulator. */
export interface Emulator {
  /** Base address, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly token: string;
  /** What crossed the wire so far, tokens left out. */
  transcript(): TranscriptEntry[];
  /** Changes what the next chats play, and the faults when the scenario has some. */
  setScenario(scenario: Scenario): void;
  /** Replaces the faults; requests are counted from here. */
  setFaults(faults: readonly Fault[]): void;
  /** Forgets conversations, chats, faults and transcript; counters start again. */
  reset(): void;
  /** Time of the emulator, Unix milliseconds. */
  nowMs(): number;
  /** Moves the clock; on a `manual` clock what was waiting goes on. */
  advance(ms: number): Promise<void>;
  /** The user of a device agrees or refuses. Returns whether the code is known. */
  decideDevice(userCode: string, isAllowed: boolean): boolean;
  /** A plugin that was registered over HTTP, for {@link callTool}. */
  plugin(id: string): RegisteredPlugin | undefined;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Starts a Coze cloud on loopback.
 *
 * @throws UserError EMULATOR_PORT_BUSY when the port cannot be listened on.
 *
 * @example
 * ```ts
 * import { startEmulator } from '@cozecut/coze-emulator';
 * import { createCozeClient } from '@cozecut/coze-transport';
 *
 * const emulator = await startEmulator({ bot: ({ text }) => ({ answer: [`You said ${text}`] }) });
 * const client = createCozeClient({ region: 'cn', baseUrl: emulator.url, token: emulator.token });
 * const messages = [{ role: 'user' as const, content: 'hello' }];
 * for await (const event of client.chat.stream({ botId: '7400000000000000001', userId: 'me', messages })) {
 *   if (event.type === 'message.completed') console.log(event.message.content); // => You said hello
 * }
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  let port = options.port ?? 0;
  let isClosed = false;
  const goDown = (downMs: number) => {
    server.close();
    void emulation.sleep(downMs).then(() => {
      if (!isClosed) server.listen(port, '127.0.0.1');
    });
  };
  const emulation: Emulation = createEmulation(options, {
    goDown,
    // Written in one turn of the event loop they would travel as one.
    chunkLeft: () => nextTurn(),
  });
  const server = createServer(serve(emulation));
  await listen(server, port);
  port = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    token: emulation.token,
    transcript: emulation.transcript,
    setScenario: emulation.setScenario,
    setFaults: emulation.setFaults,
    reset: emulation.reset,
    nowMs: emulation.nowMs,
    advance: emulation.advance,
    decideDevice: emulation.decideDevice,
    plugin: emulation.plugin,
    close: () =>
      new Promise<void>((resolve) => {
        isClosed = true;
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const MAX_CONTROL_BYTES = 15 * 1024 * 1024;

function serve(emulation: Emulation): (req: IncomingMessage, res: ServerResponse) => void {
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;
  const connectionOf = (socket: Socket): number => {
    const conn = connections.get(socket) ?? ++connectionCount;
    connections.set(socket, conn);
    return conn;
  };
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const conn = connectionOf(req.socket);
    if (!req.url?.startsWith('/__emu/')) return emulation.answer(req, res, conn);
    const body = await readBody(req, MAX_CONTROL_BYTES);
    return control(emulation, req, res, body.toString('utf8'));
  };
  return (req, res) => {
    handle(req, res).catch((error: unknown) => {
      if (res.headersSent) return void res.destroy();
      const { code, status } = error instanceof Refusal ? error : { code: 5000, status: 500 };
      res.writeHead(status ?? 400, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify({ code, msg: error instanceof Error ? error.message : String(error) }));
    });
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(new UserError('EMULATOR_PORT_BUSY', `cannot listen on 127.0.0.1:${port}`, { cause }));
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      resolve();
    });
  });
}
