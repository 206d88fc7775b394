import { resolve } from 'node:path';
import { isUnresolved } from '../compose/interpolate.ts';
import { CACHE_BYTES, KEPT } from '../schema/keeping.ts';
import type { RawDeployment } from '../schema/manifest.ts';
import { isAddress } from '../settings/is-address.ts';
import type { Deployment, KeptFor, Mode } from '../types.ts';
import { ageMs, durationMs } from './duration.ts';

/** What a deployment is when the manifest does not say otherwise. */
export const BUILT_IN = {
  host: '127.0.0.1',
  /** A cloud deployment is called from other machines. */
  cloudHost: '0.0.0.0',
  port: 7788,
  store: './.cozecut',
  callBudget: '30s',
  egressMaxBytes: 209_715_200,
  modes: ['local', 'manual', 'mcp'],
} as const;

/** The deployment that a manifest without `deployments` has. */
export const BUILT_IN_RAW: RawDeployment = { modes: [...BUILT_IN.modes] };

/** Resolves one entry of `deployments`. */
export function buildDeployment(name: string, raw: RawDeployment, folder: string): Deployment {
  const written: Mode[] = raw.modes ?? (raw.mode === undefined ? [...BUILT_IN.modes] : [raw.mode]);
  const relay = raw.relay?.enabled ?? written.includes('relay');
  const modes: Mode[] = relay && !written.includes('relay') ? [...written, 'relay'] : written;
  return {
    name,
    modes,
    server: {
      host: raw.server?.host ?? (modes.includes('cloud') ? BUILT_IN.cloudHost : BUILT_IN.host),
      port: raw.server?.port ?? BUILT_IN.port,
      ...(raw.server?.publicUrl === undefined ? {} : { publicUrl: raw.server.publicUrl.replace(/\/+$/, '') }),
      callBudgetMs: durationMs(raw.server?.callBudget ?? BUILT_IN.callBudget),
    },
    store: resolveStore(raw.store ?? BUILT_IN.store, folder),
    egress: {
      allow: raw.egress?.allow ?? [],
      denyPrivate: raw.egress?.denyPrivate ?? true,
      maxBytes: raw.egress?.maxBytes ?? BUILT_IN.egressMaxBytes,
    },
    cache: { maxBytes: raw.cache?.maxBytes ?? CACHE_BYTES },
    retention: buildRetention(raw.retention ?? {}),
    quota: buildQuota(raw.quota ?? {}),
    relay: { enabled: relay },
    secrets: mapValues(raw.secrets ?? {}, (place) => resolvePlace(place, folder)),
  };
}

function buildRetention(raw: NonNullable<RawDeployment['retention']>): KeptFor {
  const kept = { ...KEPT, ...raw };
  return {
    draftsMs: ageMs(kept.drafts),
    jobsMs: ageMs(kept.jobs),
    callsMs: ageMs(kept.calls),
    answersMs: ageMs(kept.answers),
    sessionsMs: ageMs(kept.sessions),
    eventsMs: ageMs(kept.events),
    filesMs: ageMs(kept.files),
    tokensMs: ageMs(kept.tokens),
    everyMs: ageMs(kept.every),
  };
}

function buildQuota({ drafts, bytes }: NonNullable<RawDeployment['quota']>): Deployment['quota'] {
  return { ...(drafts === undefined ? {} : { drafts }), ...(bytes === undefined ? {} : { bytes }) };
}

/** The path of `file:PATH` is taken from the folder of the manifest. */
function resolvePlace(place: string, folder: string): string {
  return place.startsWith('file:') ? `file:${resolve(folder, place.slice('file:'.length))}` : place;
}

function mapValues(map: Record<string, string>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

/** An address stays as it is; a folder is taken from the folder of the manifest. */
function resolveStore(store: string, folder: string): string {
  return isUnresolved(store) || isAddress(store) ? store : resolve(folder, store);
}
