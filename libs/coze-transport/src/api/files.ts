import { decodeFile } from '../decode.ts';
import { localError } from '../errors.ts';
import { expectObject } from '../expect.ts';
import { callJson } from '../http.ts';
import { multipartFile } from '../multipart.ts';
import type { UploadedFile } from '../objects.ts';
import type { CallOptions } from '../ports.ts';
import { type ApiRequest, operationOf } from '../request.ts';
import { callSdk } from '../sdk.ts';
import type { ApiContext } from './context.ts';

/** What is uploaded. */
export interface UploadParams {
  /** Name of the file, with its ending. */
  name: string;
  /** Read piece by piece while it is sent: `openAsBlob` of `node:fs` gives a file without loading it. */
  content: Blob;
  /** Largest file, in bytes; default 512 MiB, which is also Coze's limit. */
  maxBytes?: number;
}

/** Files for bots and workflows. */
export interface FilesApi {
  /**
   * Uploads a file and gives its id. Default deadline 600 000 ms.
   *
   * @throws CozeError TOO_LARGE before anything is sent.
   */
  upload(params: UploadParams, options?: CallOptions): Promise<UploadedFile>;
  /** What is known of a file; its content cannot be fetched. A self-hosted service has no such route. */
  retrieve(fileId: string, options?: CallOptions): Promise<UploadedFile>;
}

const MAX_BYTES = 512 * 1024 * 1024;
const UPLOAD_DEADLINE_MS = 600_000;

/** Files of one client. */
export function filesApi({ http }: ApiContext): FilesApi {
  return {
    // The SDK takes streams of Node only, and sends the text of a path as a file.
    async upload({ name, content, maxBytes = MAX_BYTES }, call = {}) {
      const path = '/v1/files/upload';
      const operation = `POST ${path}`;
      if (content.size > maxBytes) {
        const message = `${name} has ${content.size} bytes, at most ${maxBytes} can be uploaded`;
        throw localError('TOO_LARGE', message, { operation, neverActed: true });
      }
      const body = multipartFile('file', name, content);
      const request: ApiRequest = { method: 'POST', path, body };
      const options = { deadlineMs: UPLOAD_DEADLINE_MS, ...call };
      return decodeFile(expectObject(await callJson(http, request, options), operationOf(request)));
    },
    async retrieve(fileId, call = {}) {
      const request = { method: 'GET', path: '/v1/files/retrieve' } as const;
      const data = await callSdk(http, request, call, (sdk) =>
        sdk.files.retrieve(encodeURIComponent(fileId)),
      );
      return decodeFile(expectObject(data, operationOf(request)));
    },
  };
}
