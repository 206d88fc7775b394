import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { UserError } from '@cozecut/problems';
import { BLOB_ID, type BlobFiles } from './files.ts';

/**
 * Blobs in a bucket.
 *
 * @param address - `s3://BUCKET/PREFIX?region=R&endpoint=URL`; `KEY:SECRET@` before the bucket, else what the SDK finds
 * in the environment of the process. With an endpoint the bucket is a part of the path.
 * @throws UserError BLOBS_UNAVAILABLE when the SDK is not installed; later, when the bucket refuses or is not there.
 */
export async function blobBucket(address: string): Promise<BlobFiles> {
  const { S3Client, ...commands } = await import('@aws-sdk/client-s3').catch((cause) => {
    throw new UserError('BLOBS_UNAVAILABLE', 'a bucket for blobs needs the package @aws-sdk/client-s3', {
      hint: 'npm install @aws-sdk/client-s3, or set COZECUT_BLOBS to a folder',
      cause,
    });
  });
  const url = new URL(address);
  const endpoint = url.searchParams.get('endpoint');
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  const client = new S3Client({
    region: url.searchParams.get('region') ?? 'us-east-1',
    // Other services than Amazon's take the checksum that is sent behind the content for a part of it.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(url.username === ''
      ? {}
      : {
          credentials: {
            accessKeyId: decodeURIComponent(url.username),
            secretAccessKey: decodeURIComponent(url.password),
          },
        }),
  });
  const Bucket = url.hostname;
  const start = prefix === '' ? '' : `${prefix}/`;
  const at = (id: string) => ({ Bucket, Key: start + id });

  const has = (id: string) =>
    client.send(new commands.HeadObjectCommand(at(id))).then(
      () => true,
      (error) => {
        // A bucket that is not there answers the same; it is noticed when something is put.
        if (statusOf(error) === 404) return false;
        throw unavailable(error);
      },
    );

  return {
    has,
    // An object cannot be made newer without being written again.
    refresh: has,
    incoming: join(tmpdir(), 'cozecut-incoming'),

    async place(file, id, bytes) {
      const Body = createReadStream(file);
      try {
        await client.send(new commands.PutObjectCommand({ ...at(id), Body, ContentLength: bytes }));
      } catch (error) {
        throw unavailable(error);
      } finally {
        Body.destroy();
      }
    },

    async read(id, range) {
      const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
      try {
        const { Body } = await client.send(new commands.GetObjectCommand({ ...at(id), ...Range }));
        return Body as Readable;
      } catch (error) {
        if ((error as { name?: string }).name === 'NoSuchKey') return undefined;
        throw unavailable(error);
      }
    },

    async remove(id) {
      await client.send(new commands.DeleteObjectCommand(at(id))).catch(throwUnavailable);
    },

    async *list() {
      for (let token: string | undefined; ; ) {
        const wanted = {
          Bucket,
          Prefix: start,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        };
        const page = await client.send(new commands.ListObjectsV2Command(wanted)).catch(throwUnavailable);
        for (const { Key = '', LastModified } of page.Contents ?? []) {
          const id = Key.slice(start.length);
          if (BLOB_ID.test(id)) yield { id, at: LastModified?.getTime() ?? 0 };
        }
        token = page.NextContinuationToken;
        if (token === undefined) return;
      }
    },
  };
}

const statusOf = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** What the bucket refuses, or that it is not there, is no fault of whoever asks. */
function unavailable(cause: unknown): UserError {
  const { name, code } = cause as { name?: string; code?: string };
  return new UserError('BLOBS_UNAVAILABLE', `the place for files cannot be used now: ${code ?? name}`, {
    hint: 'try again later',
    retryable: true,
    cause,
  });
}

function throwUnavailable(error: unknown): never {
  throw unavailable(error);
}
