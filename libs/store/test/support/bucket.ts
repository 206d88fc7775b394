import { createRequire } from 'node:module';

interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}

/** A service that speaks S3, on loopback; its objects are files in the folder. */
export async function startBucket(folder: string): Promise<{ address: string; stop(): Promise<void> }> {
  const Server = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;
  const server = new Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'cozecut' }],
  });
  const { port } = await server.run();
  const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`);
  return {
    address: `s3://S3RVER:S3RVER@cozecut/some/prefix?endpoint=${endpoint}`,
    stop: () => server.close(),
  };
}
