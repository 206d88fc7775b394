import { Type } from 'typebox';
import { closed, Duration, HttpUrl, Name, Region, Texts, ToolName } from './scalars.ts';

const CozeId = (description: string) =>
  Type.String({ pattern: '^[0-9]+$', patternErrorMessage: 'an id: digits, in quotes', description });

const coze = {
  name: Name('Name of the binding, unique in its list'),
  region: Region,
  baseUrl: Type.Optional(HttpUrl('Address of the API; needed for studio')),
};

const Bot = Type.Object(
  {
    ...coze,
    botId: CozeId('Id of a published bot'),
    tools: Type.Optional(
      Type.Array(ToolName('Name of a tool'), {
        uniqueItems: true,
        description: 'Tools that the bot may call; all when left out',
      }),
    ),
    onRequiresAction: Type.Optional(
      Type.Object(
        {
          submitTimeout: Type.Optional(Duration),
          onUnknownTool: Type.Optional(
            Type.Enum(['report', 'fail'], { description: 'What happens when the bot calls another tool' }),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);

const Workflow = Type.Object(
  {
    ...coze,
    workflowId: CozeId('Id of a published workflow'),
    parameters: Type.Optional(Texts('Parameter of the workflow to a path into $.input')),
    output: Type.Optional(Texts('Property of the output to a path into $.data')),
    onInterrupt: Type.Optional(
      Type.Enum(['fail', 'prompt', 'job'], {
        description: 'What happens when the workflow asks: fail, ask a person, or park as a resumable job',
      }),
    ),
  },
  closed,
);

/** Bots and workflows of Coze that this plugin works with. */
export const Bindings = Type.Object(
  { bots: Type.Optional(Type.Array(Bot)), workflows: Type.Optional(Type.Array(Workflow)) },
  closed,
);
