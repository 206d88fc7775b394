import { type Problem, UserError } from '@cozecut/problems';
import { isUnresolved } from '../compose/interpolate.ts';
import type { ManifestFiles } from '../files.ts';
import { type EmitOptions, emitOpenapi } from '../openapi/emit.ts';
import { applyOverlays } from '../overlay/apply.ts';
import type { OpenapiProfile, Plugin } from '../types.ts';

/** Address that an exported document names when nobody said where the server is. */
export const PLACEHOLDER_SERVER = 'https://plugin.example.com';

const PROFILES: readonly OpenapiProfile[] = ['coze', 'local', 'full'];

/** A document that is ready to be written. */
export interface ExportedOpenapi {
  document: Record<string, unknown>;
  /** What is worth knowing about it: warnings and information. */
  problems: Problem[];
}

/**
 * Makes the document of a plugin for a file: overlays are applied, and it names a public address or a placeholder,
 * never one of this machine.
 *
 * @param options.serverUrl - Public address; that of the deployment when left out.
 * @throws UserError SERVER_URL_INVALID when `serverUrl` is not an http(s) address.
 * @throws UserError OVERLAY_INVALID with every problem when an overlay cannot be applied.
 */
export function exportOpenapi(plugin: Plugin, options: EmitOptions, files: ManifestFiles): ExportedOpenapi {
  const { profile } = options;
  const known = options.serverUrl === undefined ? publicAddress(plugin) : checkAddress(options.serverUrl);
  const emitted = emitOpenapi(plugin, { profile, serverUrl: known ?? PLACEHOLDER_SERVER });
  const { document, problems } = applyOverlays(emitted, plugin.openapi.overlays, files);
  if (problems.some(({ severity }) => severity === 'error')) {
    throw UserError.fromProblems('OVERLAY_INVALID', problems);
  }
  const unknownServer = known === undefined && profile !== 'local';
  return {
    document: document as Record<string, unknown>,
    problems: unknownServer ? [serverUnknown(plugin), ...problems] : problems,
  };
}

/** Everything that is wrong with the overlays of a plugin, once for all of its documents. */
export function checkOverlays(plugin: Plugin, files: ManifestFiles): Problem[] {
  const found = PROFILES.map((profile) => {
    const document = emitOpenapi(plugin, { profile, serverUrl: PLACEHOLDER_SERVER });
    return applyOverlays(document, plugin.openapi.overlays, files).problems;
  });
  const isSame = (one: Problem) => (other: Problem) =>
    one.code === other.code && showPlace(one) === showPlace(other);
  // An action may be meant for one document: that it selects nothing counts when it does in none.
  const everywhere = (one: Problem) => found.every((problems) => problems.some(isSame(one)));
  const all = found.flat().filter((one) => one.severity === 'error' || everywhere(one));
  return all.filter((one, index) => all.findIndex(isSame(one)) === index);
}

function showPlace({ location }: Problem): string {
  return `${location?.file}:${location?.start.line}:${location?.start.column}`;
}

function publicAddress({ deployment }: Plugin): string | undefined {
  const { publicUrl } = deployment.server;
  return publicUrl === undefined || isUnresolved(publicUrl) ? undefined : publicUrl;
}

function checkAddress(address: string): string {
  if (/^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(address) && URL.canParse(address)) return address;
  throw new UserError(
    'SERVER_URL_INVALID',
    `the server URL must be an address such as https://plugin.example.com (got ${JSON.stringify(address)})`,
  );
}

function serverUnknown({ deployment }: Plugin): Problem {
  return {
    code: 'SERVER_URL_UNKNOWN',
    severity: 'warning',
    message: `the document names ${PLACEHOLDER_SERVER}: the deployment ${deployment.name} has no public address`,
    hint: 'Give --server-url, or a deployment whose server.publicUrl is set',
  };
}
