import { Anchor, Box, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { memo, useId, useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../api/api-context.tsx';
import { answerOf, type Schemas } from '../../api/client.ts';
import { pageOf, usePages } from '../../api/use-pages.ts';
import { Icon } from '../../icons.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fact, Facts } from '../../parts/fact.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { MoreOf } from '../../parts/more-of.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { Filter } from './calls-and-jobs.tsx';
import { TEXTS } from './texts.ts';

type Call = Schemas['Call'];
const MODES = ['cloud', 'local', 'relay', 'manual', 'mcp'] as const;

/** Calls, the newest first; each opens to all that is known of it. */
export function CallList(props: {
  filter: Filter;
  draftId?: string | undefined;
  /** Whether more would be shown with less typed. */
  isNarrowed: boolean;
}) {
  const { filter, draftId, isNarrowed } = props;
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const { search, tool, status } = filter;
  const {
    list,
    rows: calls,
    total,
  } = usePages({
    key: ['calls', filter, draftId],
    fetchPage: (cursor, signal) =>
      answerOf(
        client.GET('/v1/calls', {
          signal,
          params: {
            query: {
              ...pageOf(cursor),
              ...(search !== '' && { q: search }),
              ...(tool !== '' && { tool }),
              ...(status !== '' && { status: status as Call['status'] }),
              ...(draftId !== undefined && { draft_id: draftId }),
            },
          },
        }),
      ),
    rowsOf: (page) => page.calls,
    idOf: ({ id }) => id,
  });
  const failed = list.error !== null && <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return failed || <Loading />;
  if (calls.length === 0) {
    return (
      <Paper withBorder>
        <Empty icon="calls" title={say(isNarrowed ? 'noneFound' : 'noCalls')}>
          {!isNarrowed && say('noneHint')}
        </Empty>
      </Paper>
    );
  }
  return (
    <>
      {failed}
      <Paper withBorder component="ul" className="rows">
        {calls.map((call) => (
          <Entry key={call.id} call={call} />
        ))}
      </Paper>
      <MoreOf
        shown={calls.length}
        total={total}
        hasMore={list.hasNextPage}
        isLoading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

/** Lists grow long: what has not changed is not drawn anew, and details are drawn when they are asked for. */
const Entry = memo(function Entry({ call }: { call: Call }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const { time, duration } = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  return (
    <li>
      <UnstyledButton
        className="row"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Stack gap={2} miw={0}>
            <Text size="sm" fw={600} className="mono" truncate>
              {call.tool}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {time(call.started_at)} · {duration(call.duration_ms)}
              {call.message !== undefined && ` · ${told.message(call.code, call.message)}`}
            </Text>
          </Stack>
          <Group gap="sm" wrap="nowrap" style={{ flexShrink: 0 }}>
            <StatusBadge tone={call.status === 'ok' ? 'good' : 'bad'}>{say(call.status)}</StatusBadge>
            <Icon name={isOpen ? 'up' : 'down'} size={16} />
          </Group>
        </Group>
      </UnstyledButton>
      {isOpen && (
        <Box id={detailsId} px="md" pb="md" pt="xs">
          <Details call={call} />
        </Box>
      )}
    </li>
  );
});

function Details({ call }: { call: Call }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const { fullTime, duration } = useFormats();
  const { draft_id: draftId, job_id: jobId } = call;
  const mode = MODES.find((one) => one === call.mode);
  return (
    <Stack gap="sm">
      {call.message !== undefined && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {told.message(call.code, call.message)}
        </Text>
      )}
      <Facts>
        {call.code !== undefined && <Fact name={say('code')}>{call.code}</Fact>}
        <Fact name={say('started')}>{fullTime(call.started_at)}</Fact>
        <Fact name={say('duration')}>{duration(call.duration_ms)}</Fact>
        <Fact name={say('mode')}>{mode === undefined ? call.mode : say(`mode_${mode}`)}</Fact>
        {draftId !== undefined && (
          <Fact name={say('draft')}>
            <Anchor component={Link} href={`/drafts/${encodeURIComponent(draftId)}`} size="sm">
              {draftId}
            </Anchor>
          </Fact>
        )}
        {jobId !== undefined && (
          <Fact name={say('job')}>
            <Anchor component={Link} href={`/calls/job/${encodeURIComponent(jobId)}`} size="sm">
              {jobId}
            </Anchor>
          </Fact>
        )}
        {call.request_id !== undefined && <Fact name={say('request')}>{call.request_id}</Fact>}
        <Fact name={say('call')}>{call.id}</Fact>
      </Facts>
    </Stack>
  );
}
