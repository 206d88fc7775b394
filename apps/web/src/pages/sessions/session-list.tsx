import { Button, NavLink, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon } from '../../icons.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';
import { nameOf, type useSessions } from './use-sessions.ts';

/** Sessions to choose from, and the way to a new one. */
export function SessionList({
  sessions: { list, rows, create },
  current,
}: {
  sessions: ReturnType<typeof useSessions>;
  current: string | undefined;
}) {
  const say = useTexts(TEXTS);
  const { time } = useFormats();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const [, go] = useLocation();
  const all = list.data === undefined ? undefined : rows;
  return (
    <Panel
      title={say('list')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={isOpen}
          onClick={toggle}
          leftSection={<Icon name="plus" size={14} />}
        >
          {say('begin')}
        </Button>
      }
    >
      <Stack gap="sm">
        {isOpen && (
          <NewSession
            isSending={create.isPending}
            error={create.error}
            onCreate={(wish) =>
              create.mutate(wish, {
                onSuccess(session) {
                  close();
                  go(`/sessions/${session.session_id}`);
                },
              })
            }
          />
        )}
        {list.error !== null && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {all === undefined && list.error === null && <Loading />}
        {all?.length === 0 && list.error === null && (
          <Empty icon="sessions" title={say('none')}>
            {say('noneText')}
          </Empty>
        )}
        <nav aria-label={say('list')}>
          {all?.map((session) => (
            <NavLink
              key={session.session_id}
              component={Link}
              href={`/sessions/${session.session_id}`}
              active={session.session_id === current}
              aria-current={session.session_id === current ? 'page' : undefined}
              label={nameOf(session)}
              description={`${say('bot', { id: session.bot_id })} · ${time(session.created_at)}`}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
        </nav>
        {list.hasNextPage && (
          <Button
            variant="default"
            size="compact-sm"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {say('more')}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}

function NewSession({
  onCreate,
  isSending,
  error,
}: {
  onCreate(wish: { name: string; botId: string }): void;
  isSending: boolean;
  error: unknown;
}) {
  const say = useTexts(TEXTS);
  const [name, setName] = useState('');
  const [botId, setBotId] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onCreate({ name: name.trim(), botId: botId.trim() });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="xs">
        {error !== null && <Failed error={error} />}
        <TextInput
          label={say('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
        />
        <TextInput
          label={say('botId')}
          description={say('botHint')}
          value={botId}
          onChange={(event) => setBotId(event.currentTarget.value)}
          inputMode="numeric"
        />
        <Button type="submit" loading={isSending}>
          {say('create')}
        </Button>
      </Stack>
    </form>
  );
}
