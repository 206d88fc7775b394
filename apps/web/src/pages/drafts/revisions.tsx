import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { requestOf, sendRequest } from '../../api/tool-request.ts';
import { usePages } from '../../api/use-pages.ts';
import { useTools } from '../../api/use-tools.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';

type Revision = { revision: number; bytes: number; created_at: string };

/** The tool that goes back to a former state. */
const RESTORE = 'restore_version';

/** The states that a draft has been in, each to be looked at and to be made the newest one. */
export function Revisions(props: {
  id: string;
  newest: number | undefined;
  shown: number | undefined;
  onShow: (revision: number) => void;
}) {
  const say = useTexts(TEXTS);
  const api = useApi();
  const queries = useQueryClient();
  const { id, newest, shown, onShow } = props;
  const path = { id };
  const { list, rows: revisions } = usePages({
    key: ['draft', id, 'revisions'],
    fetchPage: (cursor, signal) =>
      answerOf(
        api.client.GET('/v1/drafts/{id}/revisions', {
          signal,
          params: { path, query: { limit: 10, ...(cursor !== undefined && { cursor: Number(cursor) }) } },
        }),
      ),
    rowsOf: (page): Revision[] => page.revisions,
    idOf: ({ revision }) => revision,
  });
  const tool = useTools().data?.find(({ name }) => name === RESTORE);
  const restore = useMutation({
    mutationFn: async (revision: number) => {
      const request = requestOf(tool!, { draft_id: id, version: revision });
      const { output } = await sendRequest(api, request);
      return (output as { version: number }).version;
    },
    onSuccess: async (revision) => {
      await queries.invalidateQueries({ queryKey: ['draft', id] });
      onShow(revision);
    },
  });
  return (
    <Panel title={say('revisions')}>
      {list.error !== null ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Loading lines={2} />
      ) : (
        <Stack gap="xs">
          {restore.error !== null && <Failed error={restore.error} />}
          {restore.data !== undefined && (
            <Text size="sm" role="status">
              {say('restored', { revision: restore.data })}
            </Text>
          )}
          {revisions.map((one) => (
            <Row
              key={one.revision}
              entry={one}
              isNewest={one.revision === newest}
              isShown={one.revision === shown}
              onShow={() => onShow(one.revision)}
              onRestore={tool && (() => restore.mutate(one.revision))}
            />
          ))}
          {list.hasNextPage && (
            <Button variant="default" size="compact-sm" onClick={() => void list.fetchNextPage()}>
              {say('more')}
            </Button>
          )}
          <Text size="xs" c="dimmed">
            {say('noLongerKept')}
          </Text>
        </Stack>
      )}
    </Panel>
  );
}

function Row(props: {
  entry: Revision;
  isNewest: boolean;
  isShown: boolean;
  onShow: () => void;
  /** Missing where nothing can be restored. */
  onRestore: (() => void) | undefined;
}) {
  const say = useTexts(TEXTS);
  const { time, fullTime, bytes } = useFormats();
  const { entry, isNewest, isShown, onRestore } = props;
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" className="revision">
      <div>
        <Text size="sm" fw={isShown ? 600 : undefined}>
          {say('revision', { revision: entry.revision })} {isNewest && `(${say('newest')})`}
        </Text>
        <Text size="xs" c="dimmed" title={fullTime(entry.created_at)}>
          {time(entry.created_at)} · {bytes(entry.bytes)}
        </Text>
      </div>
      <Group gap={6} wrap="nowrap">
        <Button size="compact-xs" variant="default" onClick={props.onShow} disabled={isShown}>
          {say(isShown ? 'isShown' : 'look')}
        </Button>
        {!isNewest && onRestore !== undefined && <Restore onRestore={onRestore} />}
      </Group>
    </Group>
  );
}

function Restore({ onRestore }: { onRestore: () => void }) {
  const say = useTexts(TEXTS);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Popover opened={isAsking} onChange={setIsAsking} trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button size="compact-xs" variant="default" onClick={() => setIsAsking(true)}>
          {say('restore')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="16rem">
        <Text size="sm" mb="xs">
          {say('restoreAsk')}
        </Text>
        <Button
          size="compact-sm"
          onClick={() => {
            setIsAsking(false);
            onRestore();
          }}
        >
          {say('restore')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
