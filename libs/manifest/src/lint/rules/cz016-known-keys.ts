import { closest } from '@cozecut/problems';
import { child, entriesOf, textOf } from '../../source/node.ts';
import { nameOf } from '../engine.ts';
import { GRAMMAR, type Kind, kindName } from '../grammar.ts';
import { by, defineRule } from '../rule.ts';
import { list, quote } from '../server/go.ts';
import { has, textAt } from '../spot.ts';
import type { Context, Spot, Visitor } from '../types.ts';

/** Keys that other versions of OpenAPI have: other rules speak about them. */
const SPOKEN_FOR: Partial<Record<Kind, readonly string[]>> = {
  schema: ['const', 'examples'],
};

function unknownKeys(spot: Spot, { report }: Context): void {
  const known = GRAMMAR[spot.kind];
  const spoken = SPOKEN_FOR[spot.kind] ?? [];
  const unknown = entriesOf(spot.node)
    .map(([key]) => key)
    .filter(
      (key) => !Object.hasOwn(known, key) && !key.startsWith('x-') && !(key === '$ref' && refAllowed(spot)),
    );
  const predicted = `${wordsAround(spot)}extra sibling fields: ${list(unknown.toSorted())}`;
  for (const key of unknown.filter((name) => !spoken.includes(name))) {
    const suggestions = closest(key, Object.keys(known));
    const ours = `x-${key}`;
    report({
      path: [...spot.path, key],
      part: 'key',
      message: `unknown key "${key}" in ${spot.path.length === 0 ? 'the document' : nameOf(spot.path)}, ${article(spot.kind)}`,
      suggestions,
      ...(suggestions.length > 0
        ? {}
        : { hint: hintFor(spot.kind, key) ?? `A key of your own starts with x-: ${ours}` }),
      predicted,
    });
  }
}

function refAllowed({ node }: Spot): boolean {
  return textOf(child(node, '$ref')) === '';
}

/** The prefix of a path is said inside of it, not about what the map of paths holds. */
function wordsAround({ prefix }: Spot): string {
  return prefix;
}

function article(kind: Kind): string {
  const name = kindName(kind);
  return kind === 'document'
    ? 'which is an OpenAPI document'
    : `which is ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function hintFor(kind: Kind, key: string): string | undefined {
  if (kind === 'document' && key === 'webhooks')
    return 'webhooks came with OpenAPI 3.1, which Coze does not read';
  if (kind === 'document' && key === 'swagger')
    return 'This is a Swagger 2 document: convert it to OpenAPI 3.0 first';
  if (kind === 'schema' && SCHEMA_31.has(key))
    return `${key} came with OpenAPI 3.1, which Coze does not read`;
  return undefined;
}

const SCHEMA_31 = new Set([
  '$defs',
  '$id',
  '$schema',
  '$anchor',
  '$comment',
  'if',
  'then',
  'else',
  'prefixItems',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
  'patternProperties',
  'contentEncoding',
  'contentMediaType',
  'minContains',
  'maxContains',
]);

function checkLicense({ node, path, prefix }: Spot, { report }: Context): void {
  if (textAt(node, 'name') !== '') return;
  report({
    path: [...path, 'name'],
    message: 'a license must have a name',
    predicted: `${prefix}value of license name must be a non-empty string`,
  });
}

function checkDocs({ node, path, prefix }: Spot, { report }: Context): void {
  if (textAt(node, 'url') !== '') return;
  report({
    path: [...path, 'url'],
    message: 'externalDocs must have a url',
    predicted: `${prefix}url is required`,
  });
}

function checkVariable({ node, path, prefix }: Spot, { report }: Context): void {
  if (textAt(node, 'default') !== '') return;
  report({
    path: [...path, 'default'],
    message: 'a variable of a server must have a default',
    predicted: `${prefix}field default is required in `,
  });
}

function checkHeader({ node, path, prefix }: Spot, { report }: Context): void {
  for (const [key, words] of [
    ['name', "header 'name' MUST NOT be specified, it is given in the corresponding headers map"],
    ['in', "header 'in' MUST NOT be specified, it is implicitly in header"],
  ] as const) {
    if (textAt(node, key) === '') continue;
    report({
      path: [...path, key],
      part: 'key',
      message: `a header has no key "${key}"`,
      predicted: prefix + words,
    });
  }
  if (has(node, 'schema') !== has(node, 'content')) return;
  report({
    path,
    message: 'a header must have either a schema or content',
    predicted: `${prefix}header schema is invalid: parameter must contain exactly one of content and schema`,
  });
}

function checkExample({ node, path, prefix }: Spot, { report }: Context): void {
  const hasValue = has(node, 'value');
  if (hasValue !== has(node, 'externalValue')) return;
  const words = hasValue
    ? 'value and externalValue are mutually exclusive'
    : 'no value or externalValue field';
  report({
    path,
    message: `an example must have either a value or an externalValue`,
    predicted: prefix + words,
  });
}

function checkLink({ node, path, prefix }: Spot, { report }: Context): void {
  const id = textAt(node, 'operationId');
  const ref = textAt(node, 'operationRef');
  if ((id === '') !== (ref === '')) return;
  const words =
    id === ''
      ? 'missing operationId or operationRef on link'
      : `operationId ${quote(id)} and operationRef ${quote(ref)} are mutually exclusive`;
  report({
    path,
    message: 'a link must have either an operationId or an operationRef',
    predicted: prefix + words,
  });
}

function checkScheme({ node, path, prefix }: Spot, { report }: Context): void {
  const type = textAt(node, 'type');
  const say = (key: string, message: string, words: string) =>
    report({ path: [...path, key], message, predicted: prefix + words });
  if (!['apiKey', 'http', 'oauth2', 'openIdConnect'].includes(type)) {
    say(
      'type',
      `the type of a security scheme must be apiKey, http, oauth2 or openIdConnect (got "${type}")`,
      `security scheme 'type' can't be ${quote(type)}`,
    );
    return;
  }
  const scheme = textAt(node, 'scheme');
  if (type === 'http' && !['bearer', 'basic', 'negotiate', 'digest'].includes(scheme)) {
    say(
      'scheme',
      `the scheme must be bearer, basic, negotiate or digest (got "${scheme}")`,
      `security scheme of type 'http' has invalid 'scheme' value ${quote(scheme)}`,
    );
  }
  if (type === 'apiKey') {
    const place = textAt(node, 'in');
    if (!['query', 'header', 'cookie'].includes(place)) {
      say(
        'in',
        `in must be query, header or cookie (got "${place}")`,
        `security scheme of type 'apiKey' should have 'in'. It can be 'query', 'header' or 'cookie', not ${quote(place)}`,
      );
    } else if (textAt(node, 'name') === '') {
      say(
        'name',
        'a security scheme of type apiKey must have a name',
        "security scheme of type 'apiKey' should have 'name'",
      );
    }
  }
  if (type === 'oauth2' && !has(node, 'flows')) {
    say(
      'flows',
      'a security scheme of type oauth2 must have flows',
      "security scheme of type 'oauth2' should have 'flows'",
    );
  }
  if (type === 'openIdConnect' && textAt(node, 'openIdConnectUrl') === '') {
    const words = `no OIDC URL found for openIdConnect security scheme ${quote(textAt(node, 'name'))}`;
    say('openIdConnectUrl', 'a security scheme of type openIdConnect must have an openIdConnectUrl', words);
  }
  for (const [key, owner] of [
    ['in', 'apiKey'],
    ['flows', 'oauth2'],
  ] as const) {
    if (type === owner || !has(node, key)) continue;
    const words = `security scheme of type ${quote(type)} can't have '${key}'`;
    say(key, `a security scheme of type ${type} has no key "${key}"`, words);
  }
}

/** Addresses that a flow needs, by its name. */
const FLOW_URLS: Readonly<Record<string, readonly string[]>> = {
  implicit: ['authorizationUrl'],
  password: ['tokenUrl'],
  clientCredentials: ['tokenUrl'],
  authorizationCode: ['authorizationUrl', 'tokenUrl'],
};

function checkFlow({ node, path, prefix, key: flow }: Spot, { report }: Context): void {
  for (const key of ['authorizationUrl', 'tokenUrl', 'scopes']) {
    const isNeeded = key === 'scopes' || FLOW_URLS[flow]?.includes(key) === true;
    if (isNeeded && !has(node, key)) {
      const predicted = `${prefix}field '${key}' is empty or missing`;
      report({ path: [...path, key], message: `the flow ${flow} must have ${key}`, predicted });
    } else if (!isNeeded && textAt(node, key) !== '') {
      const predicted = `${prefix}field '${key}' should not be set`;
      report({ path: [...path, key], part: 'key', message: `the flow ${flow} has no ${key}`, predicted });
    }
  }
}

const CHECKED: readonly Kind[] = [
  'info',
  'contact',
  'license',
  'server',
  'serverVariable',
  'components',
  'pathItem',
  'operation',
  'parameter',
  'requestBody',
  'mediaType',
  'response',
  'header',
  'example',
  'link',
  'schema',
  'externalDocs',
  'tag',
  'securityScheme',
  'oauthFlows',
  'oauthFlow',
  'document',
];

/** Objects have the keys that OpenAPI 3.0 knows, and those that they need. */
export const cz016 = defineRule(
  {
    id: 'CZ016',
    title: 'Objects have only keys that OpenAPI 3.0 knows, and those that they need',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    license: checkLicense,
    externalDocs: checkDocs,
    serverVariable: checkVariable,
    header: checkHeader,
    example: checkExample,
    link: checkLink,
    securityScheme: checkScheme,
    oauthFlow: checkFlow,
    leave: Object.fromEntries(CHECKED.map((kind) => [kind, unknownKeys])) as NonNullable<Visitor['leave']>,
  },
);
