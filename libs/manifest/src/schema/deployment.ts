import { Cache, Quota, Retention } from './keeping.ts';
import { overrideProperties } from './key-classes.ts';
import { BaseUrl, closed, duration, Mode, Modes, namedMap, TOOL_NAME, textOfForm } from './scalars.ts';
import { Type } from './type.ts';

const Overridable = Type.Object(overrideProperties, {
  ...closed,
  description: 'Values that differ in this deployment',
});

const Server = Type.Object(
  {
    host: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Address to listen on; 127.0.0.1, or 0.0.0.0 with the mode cloud, when left out',
      }),
    ),
    port: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        default: 7788,
        description: 'Port to listen on; 0 = any free one',
      }),
    ),
    publicUrl: Type.Optional(BaseUrl('Address under which others reach the server')),
    callBudget: Type.Optional(
      duration('How long a call of Coze waits for a tool before it is answered with a job', '30s'),
    ),
  },
  { ...closed, description: 'Where the server listens' },
);

const Egress = Type.Object(
  {
    allow: Type.Optional(
      Type.Array(
        textOfForm(
          '^(\\*|(\\*\\.)?[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?$',
          'a host such as cdn.example.com, *.example.com:443 or *',
          'Host that may be reached',
        ),
        {
          uniqueItems: true,
          default: [],
          description: 'Hosts that may be reached; empty = every public host',
        },
      ),
    ),
    denyPrivate: Type.Optional(
      Type.Boolean({ default: true, description: 'Refuse private, loopback and link-local addresses' }),
    ),
    maxBytes: Type.Optional(
      Type.Integer({ minimum: 1, default: 209_715_200, description: 'Size limit of one download, in bytes' }),
    ),
  },
  { ...closed, description: 'What outgoing requests may reach' },
);

/** One entry of `deployments`: where and how the plugin is used. */
export const Deployment = Type.Object(
  {
    mode: Type.Optional(Mode),
    modes: Type.Optional(Modes),
    server: Type.Optional(Server),
    store: Type.Optional(
      Type.String({
        minLength: 1,
        default: './.cozecut',
        description: 'A folder, or an address such as postgres://host/name',
      }),
    ),
    egress: Type.Optional(Egress),
    cache: Type.Optional(Cache),
    retention: Type.Optional(Retention),
    quota: Type.Optional(Quota),
    relay: Type.Optional(
      Type.Object(
        {
          enabled: Type.Optional(
            Type.Boolean({ description: 'Whether device tools can be called; true for the mode relay' }),
          ),
        },
        { ...closed, description: 'Calls of device tools' },
      ),
    ),
    secrets: Type.Optional(
      namedMap(
        textOfForm('^(env|file):.+$', 'env:NAME or file:PATH', 'Where the secret is kept'),
        { pattern: '^[A-Za-z_][A-Za-z0-9_]*$', expected: 'the name of a secret: letters, digits and _' },
        'Name of a secret to where it is kept; the environment variable of that name when left out',
      ),
    ),
    overrides: Type.Optional(
      Type.Object(
        {
          defaults: Type.Optional(Overridable),
          tools: Type.Optional(
            namedMap(Overridable, TOOL_NAME, 'Tool name to the values of this deployment'),
          ),
        },
        { ...closed, description: 'Values of tools that differ in this deployment; null removes' },
      ),
    ),
  },
  closed,
);
