import { openStore, type Store } from '@cozecut/store';
import type { Environment } from '../settings.ts';
import { type ManifestChoice, readManifest } from './manifest.ts';
import { storePlaces } from './store-places.ts';

/** Opens the store of a deployment for one piece of work. */
export async function withStore<T>(
  request: ManifestChoice & { env: Environment; folder: string },
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const plugin = readManifest(request, request.env, request.folder);
  const { location, blobs } = storePlaces({ plugin, env: request.env, folder: request.folder });
  const store = await openStore({
    location,
    blobs,
    now: () => Date.now(),
    uuid: () => crypto.randomUUID(),
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
