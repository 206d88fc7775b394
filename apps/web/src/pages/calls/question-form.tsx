import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { answerOf, type Schemas } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { TEXTS } from './texts.ts';

type Question = Schemas['Question'];

/** Answers what a job waits to be told: one text, or the values of a form. */
export function QuestionForm({ jobId, question }: { jobId: string; question: Question }) {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const isForm = question.fields.length > 0;
  const send = useMutation({
    mutationFn: () =>
      answerOf(
        client.POST('/v1/jobs/{id}/answer', {
          params: { path: { id: jobId } },
          body: { answer: isForm ? valuesOf(question, values) : text },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm" align="flex-start">
        {question.text !== '' && <Text style={{ whiteSpace: 'pre-wrap' }}>{question.text}</Text>}
        {isForm ? (
          question.fields.map(({ name, description, isRequired }) => (
            <TextInput
              key={name}
              w="100%"
              label={name}
              description={description || undefined}
              required={isRequired}
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            />
          ))
        ) : (
          <Textarea
            w="100%"
            label={say('answer')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            required
          />
        )}
        <Button type="submit" loading={send.isPending}>
          {say('send')}
        </Button>
        {send.error !== null && <Failed error={send.error} />}
      </Stack>
    </form>
  );
}

/** What was typed, as the types that are asked for; what was left empty is left out. */
function valuesOf({ fields }: Question, values: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const text = values[name] ?? '';
      return text === '' ? [] : [[name, typed(text, type)]];
    }),
  );
}

function typed(text: string, type: string): unknown {
  if (!['number', 'integer', 'boolean', 'object', 'array'].includes(type.toLowerCase())) return text;
  try {
    return JSON.parse(text);
  } catch {
    // What it should be is said by the server.
    return text;
  }
}
