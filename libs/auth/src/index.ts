/**
 * Who may call us, and where secrets come from.
 *
 * @packageDocumentation
 */
export { createSharedTokenCheck, type SharedToken } from './bearer.ts';
export { type Caller, createAuthenticator, hasScope, type TokenCheck } from './caller.ts';
export { createHeaderCheck, type HeaderCheckOptions } from './header-check.ts';
export { createJwtCheck, type JwtOptions } from './jwt.ts';
export type { Grant, GrantStore } from './oauth/grants.ts';
export type { OauthClient } from './oauth/model.ts';
export {
  createOauthServer,
  type OauthAnswer,
  type OauthOptions,
  type OauthParameters,
  type OauthQuestion,
  type OauthServer,
} from './oauth/server.ts';
export { resolveSecret, type SecretSources } from './secrets.ts';
export { createUrlSigner, type UrlSigner } from './signed-url.ts';
