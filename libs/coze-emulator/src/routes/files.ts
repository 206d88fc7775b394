import { Refusal } from '../refusal.ts';
import type { FileRecord } from '../world.ts';
import type { Answer, Call } from './route.ts';

const KEPT_S = 90 * 24 * 60 * 60;

/** `POST /v1/files/upload` */
export function uploadFile({ world, uploads = [], user }: Call): Answer {
  const [file, ...others] = uploads.filter(({ field }) => field === 'file');
  if (!file || file.bytes === 0) throw new Refusal(4300, 'the file is missing or empty');
  if (others.length > 0) throw new Refusal(4301, 'one file a call');
  const { maxUploadBytes } = world.settings;
  if (file.bytes > maxUploadBytes) throw new Refusal(4302, `the file is larger than ${maxUploadBytes} bytes`);
  const id = world.nextId();
  const record = { id, name: file.name, bytes: file.bytes, createdAt: world.now(), owner: user };
  world.files.set(id, record);
  return { kind: 'json', data: fileObject(record) };
}

/** `GET /v1/files/retrieve`: what is known of a file, for the account that uploaded it. */
export function retrieveFile({ world, query, user }: Call): Answer {
  const id = query.get('file_id') ?? '';
  const file = world.files.get(id);
  if (file?.owner !== user || world.now() - file.createdAt >= KEPT_S) {
    throw new Refusal(4200, `file ${id} does not exist`);
  }
  return { kind: 'json', data: fileObject(file) };
}

function fileObject({ id, name, bytes, createdAt }: FileRecord): object {
  return { id, bytes, created_at: createdAt, file_name: name };
}
