import type { Static } from 'typebox';
import { closed, textOfForm } from '../schema/scalars.ts';
import { Type } from '../schema/type.ts';

const Action = Type.Object(
  {
    target: Type.String({ minLength: 1, description: 'JSONPath query of the nodes that are changed' }),
    description: Type.Optional(Type.String()),
    update: Type.Optional(Type.Unknown({ description: 'What is merged into each node' })),
    remove: Type.Optional(Type.Boolean({ description: 'Whether each node is taken away' })),
    copy: Type.Optional(Type.String({ minLength: 1, description: 'Query of the one node that is merged' })),
  },
  closed,
);

/** A document of the OpenAPI Overlay Specification 1.0 or 1.1. */
export const OverlaySchema = Type.Object(
  {
    overlay: textOfForm('^1\\.[01]\\.\\d+$', 'a version such as "1.1.0"', 'Version of the specification'),
    info: Type.Object(
      { title: Type.String(), version: Type.String(), description: Type.Optional(Type.String()) },
      closed,
    ),
    extends: Type.Optional(Type.String()),
    actions: Type.Array(Action, { minItems: 1, uniqueItems: true }),
  },
  closed,
);

/** One step of an overlay. */
export type OverlayAction = Static<typeof Action>;
