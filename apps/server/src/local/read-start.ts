import type { Region } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { LocalStart } from './port.ts';

const REGIONS: readonly string[] = ['cn', 'com', 'studio'] satisfies Region[];
/** Ids, names and tokens are shorter. */
const MAX_TEXT = 4_096;

/**
 * Reads what a caller wants to start. Messages never repeat a value: a token may be in the wrong field.
 *
 * @throws UserError INPUT_INVALID
 */
export function readStart(body: unknown, owner: string): LocalStart {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('the body must be a JSON object');
  }
  const given = body as Record<string, unknown>;
  const text = (key: string): string | undefined => {
    const value = given[key];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string' && value.length <= MAX_TEXT && !/\p{Cc}/u.test(value)) return value.trim();
    throw invalid(`${key} must be one line of at most ${MAX_TEXT} characters`);
  };
  const kind = text('kind');
  if (kind !== 'bot' && kind !== 'workflow') throw invalid('kind must be "bot" or "workflow"');
  const binding = text('binding');
  const id = text('id');
  if (binding === undefined && id === undefined) {
    throw invalid(`name a ${kind}: binding is one of the manifest, id one of Coze`);
  }
  if (id !== undefined && !/^\d{1,32}$/.test(id)) {
    throw invalid(`id must be a number, as in the address of the ${kind} in Coze`);
  }
  const region = text('region');
  if (region !== undefined && !REGIONS.includes(region)) {
    throw invalid(`region must be one of ${REGIONS.join(', ')}`);
  }
  const baseUrl = text('base_url');
  if (baseUrl !== undefined && !/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) {
    throw invalid('base_url must be an address that begins with https:// or http://');
  }
  const value = text('token');
  const secret = text('token_secret');
  if (value !== undefined && secret !== undefined) throw invalid('give either token or token_secret');
  if (secret !== undefined && !/^secret:[A-Za-z_]\w*$/.test(secret)) {
    throw invalid('token_secret must be a reference such as secret:COZE_API_TOKEN');
  }
  const conversationId = text('conversation_id');
  return {
    owner,
    kind,
    ...(binding === undefined ? {} : { binding }),
    ...(id === undefined ? {} : { id }),
    ...(region === undefined ? {} : { region: region as Region }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(value === undefined ? {} : { token: { value } }),
    ...(secret === undefined ? {} : { token: { secret } }),
    ...(conversationId === undefined ? {} : { conversationId }),
  };
}

function invalid(message: string): UserError {
  return new UserError('INPUT_INVALID', message);
}
