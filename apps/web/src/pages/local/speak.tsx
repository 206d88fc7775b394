import { Button, Group, JsonInput, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent, KeyboardEvent } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { isSend } from '../../parts/is-send.ts';
import { Question } from './question.tsx';
import { TEXTS } from './texts.ts';
import type { LocalState } from './use-local.ts';

/** Where a person says something, runs the workflow, or answers. */
export function Speak({ state }: { state: LocalState }) {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const [text, setText] = useKept('local.message', '');
  const [parameters, setParameters] = useKept('local.parameters', '{}');
  const { status, target, question } = state;
  const message = useMutation({
    mutationFn: (said: string) => answerOf(client.POST('/v1/local/messages', { body: { message: said } })),
    // What was not taken can be sent again.
    onError: (_, said) => setText((since) => since || said),
  });
  const run = useMutation({
    mutationFn: (given: Record<string, unknown>) =>
      answerOf(client.POST('/v1/local/runs', { body: { parameters: given } })),
  });
  const answer = useMutation({
    mutationFn: (given: string | Record<string, unknown>) =>
      answerOf(client.POST('/v1/local/answers', { body: { answer: given, question_id: question!.id } })),
  });
  const cancel = useMutation({ mutationFn: () => answerOf(client.POST('/v1/local/cancel', {})) });
  const error = message.error ?? run.error ?? answer.error ?? cancel.error;
  const isThinking = status === 'thinking';
  const isWorkflow = target?.kind === 'workflow';
  const object = objectOf(parameters);

  const submit = () => {
    if (isThinking || message.isPending) return;
    if (isWorkflow && object !== undefined) run.mutate(object);
    else if (!isWorkflow && text.trim() !== '') {
      setText('');
      message.mutate(text);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSend(event)) return;
    event.preventDefault();
    submit();
  };
  const isAsked = question !== undefined && isThinking;

  return (
    <Stack gap="sm">
      {error !== null && <Failed error={error} />}
      {isAsked && (
        <Question
          key={question.id}
          question={question}
          onAnswer={(given) => answer.mutate(given)}
          isSending={answer.isPending}
        />
      )}
      {question !== undefined && !isAsked && (
        <Text size="sm" fw={600}>
          {question.kind === 'info'
            ? say('questionInfo', { infos: question.infos?.join(', ') ?? '' })
            : say('questionReply')}
        </Text>
      )}
      {!isAsked && (
        <form onSubmit={onSubmit}>
          <Stack gap="xs">
            {isWorkflow ? (
              <JsonInput
                label={say('parameters')}
                value={parameters}
                onChange={setParameters}
                error={object === undefined ? say('parametersWrong') : undefined}
                autosize
                minRows={3}
                maxRows={12}
                disabled={isThinking}
                formatOnBlur
              />
            ) : (
              <Textarea
                label={say('message')}
                placeholder={say('messagePlaceholder')}
                description={say('messageHint')}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                onKeyDown={onKeyDown}
                autosize
                minRows={2}
                maxRows={10}
              />
            )}
            <Group justify="flex-end" gap="xs">
              {isThinking && (
                <Button variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
                  {say('cancel')}
                </Button>
              )}
              <Button
                type="submit"
                disabled={isThinking || (isWorkflow ? object === undefined : text.trim() === '')}
                loading={message.isPending || run.isPending}
              >
                {say(isWorkflow ? 'run' : 'send')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {isAsked && (
        <Group justify="flex-start">
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => cancel.mutate()}
            loading={cancel.isPending}
          >
            {say('cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
