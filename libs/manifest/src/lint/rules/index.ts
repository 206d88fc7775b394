import type { Profile, Rule } from '../types.ts';
import { cz001 } from './cz001-readable.ts';
import { cz002 } from './cz002-openapi-version-text.ts';
import { cz003 } from './cz003-openapi-30.ts';
import { cz004 } from './cz004-info.ts';
import { cz005 } from './cz005-info-title-version.ts';
import { cz006 } from './cz006-info-description.ts';
import { cz007 } from './cz007-info-limits.ts';
import { cz010 } from './cz010-one-server.ts';
import { cz011 } from './cz011-server-url.ts';
import { cz012 } from './cz012-server-url-length.ts';
import { cz013 } from './cz013-public-server.ts';
import { cz014 } from './cz014-server-url-slash.ts';
import { cz015 } from './cz015-local-servers.ts';
import { cz016 } from './cz016-known-keys.ts';
import { cz017 } from './cz017-resolvable-ref.ts';
import { cz018 } from './cz018-recursive-ref.ts';
import { cz019 } from './cz019-inlined.ts';
import { cz020 } from './cz020-anchors.ts';
import { cz021 } from './cz021-component-names.ts';
import { cz022 } from './cz022-no-personal-data.ts';
import { cz101 } from './cz101-paths.ts';
import { cz102 } from './cz102-some-operation.ts';
import { cz103 } from './cz103-method.ts';
import { cz104 } from './cz104-operation-id.ts';
import { cz105 } from './cz105-operation-id-form.ts';
import { cz106 } from './cz106-summary.ts';
import { cz107 } from './cz107-function-name.ts';
import { cz108 } from './cz108-path-parameters.ts';
import { cz109 } from './cz109-path-level-parameters.ts';
import { cz110 } from './cz110-parameter-twice.ts';
import { cz111 } from './cz111-argument-twice.ts';
import { cz112 } from './cz112-parameter-place.ts';
import { cz113 } from './cz113-parameter-schema.ts';
import { cz114 } from './cz114-hidden-query.ts';
import { cz115 } from './cz115-reserved-header.ts';
import { cz116 } from './cz116-optional-query.ts';
import { cz117 } from './cz117-get-with-body.ts';
import { cz118 } from './cz118-auth-mode.ts';
import { cz119 } from './cz119-run-mode.ts';
import { cz201 } from './cz201-body-content.ts';
import { cz202 } from './cz202-body-media-type.ts';
import { cz203 } from './cz203-body-object.ts';
import { cz204 } from './cz204-empty-object.ts';
import { cz210 } from './cz210-response-200.ts';
import { cz211 } from './cz211-response-description.ts';
import { cz212 } from './cz212-response-json.ts';
import { cz213 } from './cz213-response-object.ts';
import { cz214 } from './cz214-response-fields.ts';
import { cz215 } from './cz215-response-ids.ts';
import { cz301 } from './cz301-typed-properties.ts';
import { cz302 } from './cz302-known-types.ts';
import { cz303 } from './cz303-openapi-31-keywords.ts';
import { cz304 } from './cz304-format.ts';
import { cz305 } from './cz305-assist-type.ts';
import { cz306 } from './cz306-disable-flags.ts';
import { cz307 } from './cz307-default-and-example.ts';
import { cz308 } from './cz308-hidden-default.ts';
import { cz309 } from './cz309-pattern.ts';
import { cz310 } from './cz310-cloud-keywords.ts';
import { cz311 } from './cz311-property-names.ts';
import { cz312 } from './cz312-required-names.ts';
import { cz313 } from './cz313-read-and-write-only.ts';
import { cz314 } from './cz314-useless-and-missing.ts';
import { cz401 } from './cz401-schema-version.ts';
import { cz402 } from './cz402-names-and-descriptions.ts';
import { cz403 } from './cz403-api-type.ts';
import { cz404 } from './cz404-auth.ts';
import { cz405 } from './cz405-auth-type.ts';
import { cz406 } from './cz406-service-token.ts';
import { cz407 } from './cz407-oauth.ts';
import { cz408 } from './cz408-common-params.ts';
import { cz409 } from './cz409-no-plain-secret.ts';

/** Rules about an OpenAPI document; those of one object in the order in which the server keeps them. */
export const OPENAPI_RULES: readonly Rule[] = [
  cz001,
  cz002,
  cz003,
  cz004,
  cz005,
  cz006,
  cz007,
  cz010,
  cz011,
  cz012,
  cz013,
  cz014,
  cz015,
  cz016,
  cz017,
  cz018,
  cz019,
  cz020,
  cz021,
  cz022,
  cz101,
  cz102,
  cz103,
  cz104,
  cz105,
  cz106,
  cz107,
  cz109,
  cz110,
  cz111,
  cz112,
  cz114,
  cz115,
  cz116,
  cz117,
  cz118,
  cz119,
  cz201,
  cz202,
  cz203,
  cz108,
  cz113,
  cz204,
  cz210,
  cz211,
  cz212,
  cz213,
  cz214,
  cz215,
  cz301,
  cz302,
  cz303,
  cz304,
  cz305,
  cz306,
  cz307,
  cz308,
  cz309,
  cz310,
  cz311,
  cz312,
  cz313,
  cz314,
];

/** Rules about `ai_plugin.json`. */
export const MANIFEST_RULES: readonly Rule[] = [
  cz401,
  cz402,
  cz403,
  cz404,
  cz405,
  cz406,
  cz407,
  cz408,
  cz409,
];

/** Whether a rule says nothing to a reader; a rule that nobody knows is not off. */
export function isRuleOff(id: string, profile: Profile): boolean {
  const rule = [...OPENAPI_RULES, ...MANIFEST_RULES].find(({ meta }) => meta.id === id);
  return rule?.meta.severity[profile] === 'off';
}
