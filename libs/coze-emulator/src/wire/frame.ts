/** One server-sent event before it is framed. */
export interface Frame {
  /** Name of the event; `comment` is a comment line, which is no event. */
  event: string;
  /** An object becomes JSON; text is sent as it is. */
  data: object | string;
  /** Number of the frame, where the endpoint counts. */
  id?: number;
  /** Whether `data` is the text of a comment line. */
  isComment?: true;
}

/** How an endpoint writes its frames. */
export type Framing = 'chat' | 'chatflow' | 'workflow';

/** Writes a frame. Chat has no space after the colon, the others have one. */
export function frameText(framing: Framing, frame: Frame, data: string): string {
  if (frame.isComment) return `: ${data}\n\n`;
  if (framing === 'chat') return `event:${frame.event}\ndata:${data}\n\n`;
  const id = frame.id === undefined ? '' : `id: ${frame.id}\n`;
  return `${id}event: ${frame.event}\ndata: ${data}\n\n`;
}

/** Compact JSON, raw UTF-8, with `<`, `>` and `&` escaped as the service does. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

/** The data of a frame as it is sent, before a fault bends it. */
export function dataText({ data }: Frame): string {
  return typeof data === 'string' ? data : toJson(data);
}
