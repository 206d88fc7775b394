import { Badge, Button, Code, Group, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, type Ref, useState } from 'react';
import { useAuth } from '../../api/api-context.tsx';
import { requestOf } from '../../api/tool-request.ts';
import type { ToolEntry } from '../../api/use-tools.ts';
import { Icon } from '../../icons.tsx';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { Back } from '../../parts/back.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Answer } from './answer.tsx';
import { curlOf } from './curl.ts';
import { Field } from './field.tsx';
import { mistakeIn } from './json-mistake.ts';
import { TEXTS } from './texts.ts';
import { useRun } from './use-run.ts';

/** One tool: a form made from its schema, the request as it would be typed, and what came of it. */
export function ToolPanel({ tool, title }: { tool: ToolEntry; title: Ref<HTMLHeadingElement> }) {
  const say = useTexts(TEXTS);
  const [input, setInput] = useKept<Record<string, unknown>>(`tool.${tool.name}`, {});
  const [isJson, setIsJson] = useState(false);
  const [broken, setBroken] = useState<Readonly<Record<string, true>>>({});
  // Fields keep what is half typed in them; another one is another form.
  const [form, setForm] = useState(0);
  const run = useRun();
  const { hasToken } = useAuth();
  const fields = Object.entries(tool.input.properties ?? {});
  const required = tool.input.required ?? [];
  const request = requestOf(tool, input);
  // Descriptions begin with what the summary says.
  const more = tool.description.replace(tool.summary, '').replace(/^[.。\s]+/, '');

  function set(name: string, value: unknown) {
    const { [name]: _, ...rest } = input;
    setInput(value === undefined ? rest : { ...rest, [name]: value });
  }

  function note(place: string, isBroken: boolean) {
    setBroken(({ [place]: _, ...rest }) => (isBroken ? { ...rest, [place]: true } : rest));
  }

  function begin(asJson: boolean, value: Record<string, unknown>) {
    setIsJson(asJson);
    setInput(value);
    setBroken({});
    setForm(form + 1);
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    run.mutate(request);
  }

  return (
    <Stack gap="md">
      <Back href="/tools" hiddenFrom="md">
        {say('back')}
      </Back>
      <Stack gap={4}>
        <Title order={2} className="mono" ref={title} tabIndex={-1}>
          {tool.name}
        </Title>
        <Text size="sm">{tool.summary}</Text>
        {more !== '' && (
          <Text size="sm" c="dimmed">
            {more}
          </Text>
        )}
        <Group gap="xs">
          <Badge variant="light" radius="sm">
            {tool.method}
          </Badge>
          <Code>{tool.path}</Code>
        </Group>
      </Stack>
      <form onSubmit={onSubmit}>
        <Panel
          title={say('input')}
          actions={
            <SegmentedControl
              size="xs"
              aria-label={say('inputHow')}
              value={isJson ? 'json' : 'form'}
              onChange={(next) => begin(next === 'json', input)}
              data={[
                { value: 'form', label: say('asForm') },
                { value: 'json', label: say('asJson') },
              ]}
            />
          }
        >
          <Stack gap="sm" key={form}>
            {tool.examples.length > 0 && (
              <Group gap="xs">
                {tool.examples.map((example) => (
                  <Button
                    key={example.name}
                    size="compact-sm"
                    variant="default"
                    onClick={() => begin(isJson, { ...example.input })}
                  >
                    {say('example', { name: example.name })}
                  </Button>
                ))}
              </Group>
            )}
            {isJson ? (
              <JsonInput value={input} onChange={setInput} onBroken={(is) => note('', is)} />
            ) : fields.length === 0 ? (
              <Text size="sm" c="dimmed">
                {say('noInput')}
              </Text>
            ) : (
              fields.map(([name, schema]) => (
                <Field
                  key={name}
                  name={name}
                  place={name}
                  schema={schema}
                  isRequired={required.includes(name)}
                  value={input[name]}
                  onChange={(value) => set(name, value)}
                  onBroken={note}
                />
              ))
            )}
            <Group>
              <Button
                type="submit"
                loading={run.isPending}
                disabled={Object.keys(broken).length > 0}
                leftSection={<Icon name="play" size={16} />}
              >
                {say('run')}
              </Button>
            </Group>
          </Stack>
        </Panel>
      </form>
      <Answer run={run} tool={tool} />
      <Panel title={say('request')}>
        <JsonView value={curlOf(request, { hasToken })} label={say('request')} maxHeight={220} />
      </Panel>
    </Stack>
  );
}

function JsonInput(props: {
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  onBroken: (isBroken: boolean) => void;
}) {
  const say = useTexts(TEXTS);
  const [text, setText] = useState(() => JSON.stringify(props.value, null, 2));
  const [mistake, setMistake] = useState<unknown>();
  const onType = (next: string) => {
    setText(next);
    try {
      const value: unknown = JSON.parse(next);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      if (!isObject) throw new TypeError('{ … }');
      setMistake(undefined);
      props.onBroken(false);
      props.onChange(value as Record<string, unknown>);
    } catch (error) {
      setMistake(error);
      props.onBroken(true);
    }
  };
  return (
    <Textarea
      label={say('json')}
      value={text}
      onChange={(event) => onType(event.currentTarget.value)}
      error={mistake !== undefined && say('jsonBroken', { why: mistakeIn(text, mistake, say) })}
      autosize
      minRows={6}
      maxRows={24}
      spellCheck={false}
      classNames={{ input: 'mono' }}
    />
  );
}
