import { Button, Collapse, PasswordInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { Icon } from '../../icons.tsx';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { asFailure, textKeyOf } from './failure-text.ts';
import { TEXTS } from './texts.ts';
import type { Local } from './use-local.ts';

/** What a person has chosen; the token is not kept. */
interface Choice {
  kind: 'bot' | 'workflow';
  /** Name of a binding; empty for one that is named by its id. */
  binding: string | undefined;
  id: string;
  region: string;
  baseUrl: string;
  isMore: boolean;
}

const FIRST: Choice = { kind: 'bot', binding: undefined, id: '', region: '', baseUrl: '', isMore: false };
const BY_ID = '';

/** What to talk to and with which token. */
export function StartForm({
  local,
  token,
  setToken,
}: {
  local: Local;
  token: string;
  setToken(token: string): void;
}) {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const [choice, setChoice] = useKept('local.choice', FIRST);
  const moreId = useId();
  const { kind, id, region, baseUrl, isMore } = choice;
  const change = (part: Partial<Choice>) => setChoice({ ...choice, ...part });
  const known = kind === 'bot' ? local.choices.bots : local.choices.workflows;
  const binding = choice.binding ?? (known.find((one) => one.id !== undefined) ?? known[0])?.name ?? BY_ID;
  const needsId = binding === BY_ID || known.find(({ name }) => name === binding)?.id === undefined;
  const isIdWrong = needsId && id !== '' && !/^\d+$/.test(id.trim());

  const start = useMutation({
    mutationFn: () =>
      answerOf(
        client.POST('/v1/local/start', {
          body: {
            kind,
            ...(binding === BY_ID ? {} : { binding }),
            ...(needsId ? { id: id.trim() } : {}),
            ...(token === '' ? {} : { token: token.trim() }),
            ...(region === '' ? {} : { region: region as 'cn' | 'com' | 'studio' }),
            ...(baseUrl === '' ? {} : { base_url: baseUrl.trim() }),
          },
        }),
      ),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate();
  };
  const told = start.error === null && local.status === 'error' ? local.error : undefined;
  const error = start.error ?? (told && asFailure(told));
  const title = told && textKeyOf(told.code);

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        {error !== undefined && (
          <Failed error={error} {...(title === undefined ? {} : { title: say(title) })} />
        )}
        <SegmentedControl
          aria-label={say('kind')}
          value={kind}
          onChange={(value) => change({ kind: value as Choice['kind'], binding: undefined, id: '' })}
          data={[
            { value: 'bot', label: say('bot') },
            { value: 'workflow', label: say('workflow') },
          ]}
          fullWidth
        />
        <Select
          label={say('which')}
          value={binding}
          onChange={(value) => change({ binding: value ?? BY_ID })}
          data={[
            ...known.map(({ name, id: set }) => ({
              value: name,
              label: set === undefined ? say('unset', { name }) : name,
            })),
            { value: BY_ID, label: say('byId') },
          ]}
          allowDeselect={false}
        />
        {needsId && (
          <TextInput
            label={say(kind === 'bot' ? 'botId' : 'workflowId')}
            description={say('idHint')}
            value={id}
            onChange={(event) => change({ id: event.currentTarget.value })}
            error={isIdWrong ? say('idWrong') : undefined}
            inputMode="numeric"
            autoComplete="off"
            required
          />
        )}
        <PasswordInput
          label={say('token')}
          description={say(local.choices.has_token ? 'tokenOwn' : 'tokenNeeded')}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="off"
          required={!local.choices.has_token}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isMore}
          aria-controls={moreId}
          onClick={() => change({ isMore: !isMore })}
          style={{ alignSelf: 'flex-start' }}
          leftSection={<Icon name={isMore ? 'minus' : 'plus'} size={14} />}
        >
          {say('more')}
        </Button>
        <Collapse expanded={isMore} id={moreId}>
          <Stack gap="sm">
            <Select
              label={say('region')}
              value={region}
              onChange={(value) => change({ region: value ?? '' })}
              data={[
                { value: '', label: say('regionAuto') },
                ...(['cn', 'com', 'studio'] as const).map((value) => ({ value, label: say(value) })),
              ]}
              allowDeselect={false}
            />
            <TextInput
              label={say('baseUrl')}
              value={baseUrl}
              onChange={(event) => change({ baseUrl: event.currentTarget.value })}
              placeholder="https://api.coze.cn"
              type="url"
            />
          </Stack>
        </Collapse>

        <Button
          type="submit"
          fullWidth
          loading={start.isPending}
          disabled={isIdWrong}
          leftSection={<Icon name="play" size={14} />}
        >
          {say('start')}
        </Button>
      </Stack>
    </form>
  );
}
