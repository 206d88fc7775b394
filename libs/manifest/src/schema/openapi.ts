import { closed, HttpUrl, Modes } from './scalars.ts';
import { Type } from './type.ts';

const Profile = (description: string) =>
  Type.Object(
    {
      openapi: Type.Optional(
        Type.String({
          pattern: '^3\\.(0\\.[0-3]|1\\.[01])$',
          patternErrorMessage: 'a version such as 3.0.1 or 3.1.0',
          description: 'Version that the document names: 3.0 for coze and local, 3.1 for full',
        }),
      ),
      inlineSchemas: Type.Optional(
        Type.Boolean({ description: 'Write schemas in place; they always are, false is refused' }),
      ),
      dropKeywords: Type.Optional(
        Type.Array(
          Type.String({
            minLength: 1,
            pattern: '^(?!(type|properties|items|required|\\$ref)$)',
            patternErrorMessage: 'a keyword that a schema can do without, such as title',
          }),
          {
            uniqueItems: true,
            description: 'Keywords that schemas of the document must not have',
          },
        ),
      ),
      include: Type.Optional(
        Type.Object(
          { modes: Type.Optional(Modes) },
          { ...closed, description: 'Only tools that can do one of these modes' },
        ),
      ),
    },
    { ...closed, description },
  );

/** What the exported OpenAPI documents say besides the tools. */
export const Openapi = Type.Object(
  {
    info: Type.Optional(
      Type.Object(
        {
          title: Type.Optional(
            Type.String({
              minLength: 1,
              description: 'Title of the document; that of the plugin when left out',
            }),
          ),
          version: Type.Optional(
            Type.String({
              minLength: 1,
              pattern: '^(?!@)|^@metadata\\.version$',
              patternErrorMessage: 'a text, or @metadata.version',
              default: '@metadata.version',
              description: 'Text, or @metadata.version for the version of the plugin',
            }),
          ),
          description: Type.Optional(
            Type.String({ minLength: 1, description: 'Text for people; that of the plugin when left out' }),
          ),
          contact: Type.Optional(
            Type.Object(
              {
                url: Type.Optional(HttpUrl('Page of the people behind the plugin')),
              },
              { ...closed, description: 'Whom to ask' },
            ),
          ),
        },
        { ...closed, description: 'What the document says about the plugin' },
      ),
    ),
    profiles: Type.Optional(
      Type.Object(
        {
          coze: Type.Optional(Profile('The document of a Coze cloud plugin')),
          local: Type.Optional(Profile('The document of a Coze local plugin')),
          full: Type.Optional(Profile('The document of the REST interface')),
        },
        { ...closed, description: 'What differs by reader of the document' },
      ),
    ),
    overlays: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { description: 'OpenAPI Overlay files, applied last' }),
    ),
  },
  { ...closed, description: 'What exported OpenAPI documents say besides the tools' },
);
