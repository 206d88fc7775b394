import { BaseUrl, closed, duration, Name, Region, Texts, ToolName } from './scalars.ts';
import { Type } from './type.ts';

const CozeId = (description: string) =>
  Type.String({ pattern: '^[0-9]+$', patternErrorMessage: 'an id: digits, in quotes', description });

const coze = {
  name: Name('Name of the binding, unique in its list'),
  region: Region,
  baseUrl: Type.Optional(BaseUrl('Address of the API; needed for studio')),
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
          submitTimeout: Type.Optional(duration('Time in which the answer of a tool must reach Coze', '4m')),
          onUnknownTool: Type.Optional(
            Type.Enum(['report', 'fail'], {
              default: 'report',
              description: 'What happens when the bot calls another tool',
            }),
          ),
          maxRounds: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 100,
              default: 10,
              description: 'How often the bot may ask for tools in one turn',
            }),
          ),
        },
        { ...closed, description: 'What is done when the bot waits for tools' },
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
        default: 'fail',
        description:
          'What happens when the workflow asks: the call fails, the person at the terminal is asked, or the job waits for an answer of its caller',
      }),
    ),
  },
  closed,
);

/** Bots and workflows of Coze that this plugin works with. */
export const Bindings = Type.Object(
  {
    bots: Type.Optional(Type.Array(Bot, { description: 'Bots whose local-plugin calls are answered' })),
    workflows: Type.Optional(
      Type.Array(Workflow, { description: 'Workflows that are run or that run tools' }),
    ),
  },
  { ...closed, description: 'Bots and workflows of Coze that this plugin works with' },
);
