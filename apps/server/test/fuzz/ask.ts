import { type IncomingHttpHeaders, request } from 'node:http';

/** A request as it goes over the wire: nothing is put in order on the way. */
export interface Wild {
  method: string;
  /** With the query; every character is one that a request line may hold. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** An answer, or what there is of one that does not end. */
export interface Answer {
  status: number;
  type: string;
  text: string;
  headers: IncomingHttpHeaders;
}

/** Sends a request. An event stream is left as soon as it has begun. */
export function ask(url: string, { method, path, headers: given = {}, body }: Wild): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent: false,
        hostname,
        port,
        method,
        path,
        headers: {
          'content-type': 'application/json',
          // Node says nothing of the body of a DELETE by itself, and what follows would not be HTTP.
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...given,
        },
      },
      (response) => {
        const { headers } = response;
        const type = headers['content-type'] ?? '';
        const status = response.statusCode!;
        if (type.startsWith('text/event-stream') && method !== 'HEAD') {
          response.on('error', () => undefined).destroy();
          return resolve({ status, type, text: '', headers });
        }
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status, type, text, headers })).on('error', reject);
      },
    );
    sent.on('error', reject).end(body);
  });
}
