import type { Static } from 'typebox';
import { Auth } from './auth.ts';
import { Bindings } from './bindings.ts';
import { Deployment } from './deployment.ts';
import { inheritableProperties } from './key-classes.ts';
import { Openapi } from './openapi.ts';
import { closed, LANGUAGE, NAME, namedMap, textOfForm, Version } from './scalars.ts';
import { Description, Tool, toolProperties } from './tool.ts';
import { Type } from './type.ts';

const ApiVersion = Type.Literal('cozecut/v1', { description: 'Format of this document' });

const Metadata = Type.Object(
  {
    name: textOfForm(
      '^[a-z][a-z0-9-]{1,62}$',
      'a plugin name: a-z, 0-9 and -, starting with a letter, 2 to 63 characters',
      'Stable id of the plugin',
    ),
    version: Version('Version of the tools of this plugin'),
    title: Type.Optional(
      Type.Union(
        [
          Type.String({ minLength: 1 }),
          namedMap(Type.String({ minLength: 1 }), LANGUAGE, 'Language to title'),
        ],
        { description: 'Name for people, one text or one per language' },
      ),
    ),
    description: Type.Optional(Description),
  },
  { ...closed, description: 'What the plugin is called, its version and what it is for' },
);

/** `plugin.yaml`, as it is written. The one definition of the language: validator, types and JSON Schema. */
export const ManifestSchema = Type.Object(
  {
    apiVersion: ApiVersion,
    kind: Type.Literal('Plugin', { description: 'This file is a plugin' }),
    metadata: Metadata,
    include: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description: 'Files of kind: Tool, relative to this file; * matches in a name, ** in folders',
      }),
    ),
    defaults: Type.Optional(
      Type.Object(inheritableProperties, { ...closed, description: 'Inherited by every tool' }),
    ),
    tools: Type.Optional(Type.Array(Tool, { description: 'The tools of the plugin' })),
    texts: Type.Optional(
      namedMap(
        Type.String({ minLength: 1 }),
        LANGUAGE,
        'Language to a JSON file with the texts of the plugin in it: an object, each text as it is written here and in that language',
      ),
    ),
    bindings: Type.Optional(Bindings),
    auth: Type.Optional(Auth),
    openapi: Type.Optional(Openapi),
    deployments: Type.Optional(namedMap(Deployment, NAME, 'Where and how the plugin is used')),
  },
  closed,
);

/** A file of `kind: Tool`: the keys of one tool beside `apiVersion` and `kind`. */
export const ToolFileSchema = Type.Object(
  {
    apiVersion: ApiVersion,
    kind: Type.Literal('Tool', { description: 'This file is one tool' }),
    ...toolProperties,
  },
  closed,
);

/** A manifest as it is written, before deployments, inheritance and interpolation are applied. */
export type RawManifest = Static<typeof ManifestSchema>;
/** One tool as it is written. */
export type RawTool = Static<typeof Tool>;
/** One deployment as it is written. */
export type RawDeployment = Static<typeof Deployment>;
