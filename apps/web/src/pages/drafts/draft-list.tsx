import { Button, Group, Paper, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from 'wouter';
import { useApi } from '../../api/api-context.tsx';
import { answerOf, type Schemas } from '../../api/client.ts';
import { pageOf, usePages } from '../../api/use-pages.ts';
import { Icon } from '../../icons.tsx';
import { useKept } from '../../kept.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { MoreOf } from '../../parts/more-of.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { DraftState } from './draft-state.tsx';
import { TEXTS } from './texts.ts';

const EVERY_MS = 5_000;
const SETTLED_MS = 250;

/** The drafts, the newest first. */
export function DraftList() {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const [search, setSearch] = useKept('drafts.search', '');
  const [q] = useDebouncedValue(search.trim(), SETTLED_MS);
  const {
    list,
    rows: drafts,
    total,
  } = usePages({
    key: ['drafts', q],
    fetchPage: (cursor, signal) =>
      answerOf(
        client.GET('/api/draft/list', {
          signal,
          params: { query: { ...pageOf(cursor), ...(q !== '' && { q }) } },
        }),
      ),
    rowsOf: (page) => page.drafts,
    idOf: (draft) => draft.draft_id,
    everyMs: EVERY_MS,
  });
  return (
    <>
      <PageHead title={say('title')} intro={say('intro')}>
        <TextInput
          type="search"
          aria-label={say('search')}
          placeholder={say('search')}
          leftSection={<Icon name="search" size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={{ base: '100%', xs: 280 }}
        />
      </PageHead>
      {list.error !== null && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined ? (
        list.error === null && <Loading />
      ) : drafts.length === 0 ? (
        <Paper withBorder>
          <Empty icon="drafts" title={say(q === '' ? 'none' : 'noneFound')}>
            {q === '' && (
              <>
                {say('noneHint')}
                <Button component={Link} href="/manual" variant="default" size="compact-sm" mt="sm">
                  {say('make')}
                </Button>
              </>
            )}
          </Empty>
        </Paper>
      ) : (
        <>
          <Paper withBorder component="ul" className="rows">
            {drafts.map((draft) => (
              <Row key={draft.draft_id} draft={draft} />
            ))}
          </Paper>
          <MoreOf
            shown={drafts.length}
            total={total}
            hasMore={list.hasNextPage}
            isLoading={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </>
  );
}

function Row({ draft }: { draft: Schemas['Draft'] }) {
  const say = useTexts(TEXTS);
  const { time, fullTime } = useFormats();
  return (
    <li>
      <UnstyledButton component={Link} href={`/drafts/${encodeURIComponent(draft.draft_id)}`} className="row">
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Stack gap={2} miw={0}>
            <Text fw={600} truncate>
              {draft.name}
            </Text>
            <Text size="xs" c="dimmed" title={fullTime(draft.modified_at)}>
              {say('changed', { time: time(draft.modified_at) })} ·{' '}
              {say('revision', { revision: draft.revision })}
            </Text>
          </Stack>
          <DraftState status={draft.status} />
        </Group>
      </UnstyledButton>
    </li>
  );
}
