import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** A server whose every answer is a stream of these bytes, ended cleanly or by a reset. */
export interface ByteServer {
  url: string;
  /** What the next request is answered with. */
  answer: { bytes: Uint8Array; by: 'eof' | 'reset'; head?: string };
  close(): Promise<void>;
}

const HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Tt-Logid: log-1\r\nTransfer-Encoding: chunked\r\n\r\n';

/** Listens on loopback; speaks just enough HTTP to break where it should. */
export async function startByteServer(): Promise<ByteServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', () => {
      const { bytes, by, head = HEAD } = state.answer;
      socket.write(head);
      const end = () => (by === 'reset' ? socket.resetAndDestroy() : socket.end('0\r\n\r\n'));
      if (bytes.length === 0) return void setImmediate(end);
      socket.write(`${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
      // A reset overtakes bytes that the client has not read yet.
      socket.write('\r\n', () => (by === 'reset' ? setTimeout(end, 5) : end()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: ByteServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: { bytes: new Uint8Array(), by: 'eof' },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return state;
}
