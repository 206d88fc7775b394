import { isCozeError } from './errors.ts';
import type { TokenSource } from './ports.ts';

/**
 * Runs `use` with a token; when Coze refuses the token, asks the source for a fresh one and tries once more.
 * A refused request has not acted, so this is safe for every call.
 */
export async function withToken<T>(source: TokenSource, use: (token: string) => Promise<T>): Promise<T> {
  if (typeof source === 'string') return use(source);
  const token = await source({ refresh: false });
  try {
    return await use(token);
  } catch (error) {
    if (!isCozeError(error) || error.retry !== 'auth') throw error;
    const fresh = await source({ refresh: true, refused: token });
    if (fresh === token) throw error;
    return use(fresh);
  }
}
