import { closed, HttpMethod, HttpUrl, Texts } from './scalars.ts';
import { Type } from './type.ts';

/** Forms of a handler that is written as text. */
export const HANDLER_TEXT =
  '^(\\.{1,2}/[^#]+(#[A-Za-z_$][\\w$]*)?|pkg:(@[a-z0-9._~-]+/)?[a-z0-9._~-]+(/[^#]+)?(#[A-Za-z_$][\\w$]*)?|workflow:[a-z][a-z0-9-]*)$';

export const HttpHandler = Type.Object(
  {
    method: Type.Optional(HttpMethod),
    url: HttpUrl('Address that is called; {name} in its path or query stands for a property of the input'),
    headers: Type.Optional(Texts('Header name to template; {secret:NAME} stands for a secret')),
    query: Type.Optional(Texts('Query parameter to template; {secret:NAME} stands for a secret')),
    body: Type.Optional(
      Type.Unknown({
        description: 'Template of the body: {name}, $.input.name; the whole input when left out',
      }),
    ),
    response: Type.Optional(
      Type.Unknown({
        description: 'Template of the output: $.data.items[0], $.status; the whole answer when left out',
      }),
    ),
  },
  { ...closed, description: 'Forward the call to an existing HTTP API, through the egress rules' },
);

export const ExecHandler = Type.Object(
  {
    argv: Type.Array(Type.String(), {
      minItems: 1,
      description: 'Program and arguments; {name} stands for a property of the input',
    }),
  },
  { ...closed, description: 'Run a program on this machine, without a shell' },
);

export const Handler = Type.Union(
  [
    Type.String({
      pattern: HANDLER_TEXT,
      patternErrorMessage:
        'a handler: ./file.ts#export, pkg:@scope/name#export, workflow:<binding>, or a map with http or exec',
    }),
    Type.Object({ http: HttpHandler }, closed),
    Type.Object({ exec: ExecHandler }, closed),
  ],
  { description: 'What the tool runs' },
);
