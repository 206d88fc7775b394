import { createRequire } from 'node:module';
import { type Credentials, startSignedGate } from './signed-gate.ts';

interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}

/** A service that speaks S3, and what belongs to it. */
export interface Bucket {
  /** What `blobs` of a store is set to; other credentials, another bucket when they are given. */
  address(change?: Partial<Credentials & { bucket: string }>): string;
  stop(): Promise<void>;
}

/** As Amazon gives them out: secrets hold signs that mean something in an address. */
const CREDENTIALS: Credentials = { key: 'AKIA+COZECUT', secret: 'se/cr+et=&%40:', region: 'eu-central-1' };

/** A service that speaks S3, on loopback; its objects are files in the folder. It checks every signature. */
export async function startBucket(folder: string): Promise<Bucket> {
  const Server = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;
  const server = new Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'cozecut' }],
  });
  const { port } = await server.run();
  const gate = await startSignedGate({ credentials: CREDENTIALS, port, behind: 'S3RVER' });
  const endpoint = encodeURIComponent(`http://127.0.0.1:${gate.port}`);
  return {
    address(change = {}) {
      const { key, secret, region, bucket } = { ...CREDENTIALS, bucket: 'cozecut', ...change };
      const who = [key, secret].map(encodeURIComponent).join(':');
      return `s3://${who}@${bucket}/some/prefix?region=${region}&endpoint=${endpoint}`;
    },
    async stop() {
      await gate.close();
      await server.close();
    },
  };
}
