import { Alert, Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { TEXTS } from './texts.ts';
import type { LocalState } from './use-local.ts';

type Asked = NonNullable<LocalState['question']>;

/** What a parameter of a form says about itself, as far as it can be read. */
interface Parameter {
  type?: unknown;
  description?: unknown;
  required?: unknown;
  default_value?: unknown;
}

/** Where a person answers what a workflow asks. */
export function Question({
  question,
  onAnswer,
  isSending,
}: {
  question: Asked;
  onAnswer(answer: string | Record<string, unknown>): void;
  isSending: boolean;
}) {
  const say = useTexts(TEXTS);
  const [text, setText] = useState('');
  const [form, setForm] = useState<Record<string, string>>({});
  const parameters = Object.entries(question.parameters ?? {}) as [string, Parameter][];
  const isForm = question.kind === 'input' && parameters.length > 0;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onAnswer(isForm ? valuesOf(parameters, form) : text);
  };
  if (question.kind === 'authorization') {
    const isAddress = /^https?:\/\//.test(question.text);
    return (
      <Alert color="blue" variant="light" icon={<Icon name="info" />} title={say('authorize')}>
        <Stack gap="sm" align="flex-start">
          {isAddress ? (
            <Anchor href={question.text} target="_blank" rel="noreferrer">
              {say('open')}
            </Anchor>
          ) : (
            question.text
          )}
          <Button size="compact-sm" loading={isSending} onClick={() => onAnswer('')}>
            {say('authorized')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        {isForm ? (
          parameters.map(([name, { type, description, required }]) => (
            <TextInput
              key={name}
              label={typeof type === 'string' ? `${name} (${type})` : name}
              description={typeof description === 'string' ? description : undefined}
              required={required === true}
              value={form[name] ?? ''}
              onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
            />
          ))
        ) : (
          <TextInput
            label={question.text || say('question')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={isSending}>
            {say('answer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Values in the type that the form wants; fields that are empty are left out. */
function valuesOf(
  parameters: readonly [string, Parameter][],
  form: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const entries = parameters.flatMap(([name, { type }]) => {
    const text = form[name] ?? '';
    if (text === '') return [];
    return [[name, type === undefined || type === 'string' || type === 'time' ? text : jsonOr(text)]];
  });
  return Object.fromEntries(entries);
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
