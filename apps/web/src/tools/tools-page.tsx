import { ApiError } from '../api.ts';
import { describeError } from '../describe-error.ts';
import { useLanguage } from '../language.tsx';
import { OPENAPI_PATH, type Tool } from './list-tools.ts';
import { useTools } from './use-tools.ts';

/** The tools of the plugin, as the OpenAPI document lists them. */
export function ToolsPage() {
  const { say } = useLanguage();
  const tools = useTools();

  if (tools === undefined) return <p role="status">{say('loading')}</p>;
  if (tools instanceof ApiError) return <p role="alert">{describeError(tools, say)}</p>;
  return (
    <>
      <p>
        {say('toolsIntro')} <a href={OPENAPI_PATH}>{say('openapi')}</a>
      </p>
      {tools.length === 0 && <p>{say('noTools')}</p>}
      <ul className="tools">
        {tools.map((tool) => (
          <li key={`${tool.method} ${tool.path}`}>
            <h2>{tool.name}</h2>
            <p>{tool.summary}</p>
            <p className="fine">
              <code>
                {tool.method} {tool.path}
              </code>
            </p>
            {tool.fields.length > 0 && <Fields tool={tool} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Fields({ tool }: { tool: Tool }) {
  const { say } = useLanguage();
  return (
    <details>
      <summary>{say('inputs', tool.fields.length)}</summary>
      <dl>
        {tool.fields.map(({ name, type, required, description }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>{' '}
              <span className="fine">{required ? `${type}, ${say('required')}` : type}</span>
            </dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
