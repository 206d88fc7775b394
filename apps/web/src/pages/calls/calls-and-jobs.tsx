import { Anchor, Group, NativeSelect, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useLocation } from 'wouter';
import { useLive } from '../../api/use-live.ts';
import { useRenewal } from '../../api/use-renewal.ts';
import { useTools } from '../../api/use-tools.ts';
import { Icon } from '../../icons.tsx';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { CallList } from './call-list.tsx';
import { JobList } from './job-list.tsx';
import { TEXTS } from './texts.ts';

const SETTLED_MS = 250;
const STATES = {
  calls: ['ok', 'failed'],
  jobs: ['queued', 'running', 'succeeded', 'failed', 'cancelled'],
} as const;

/** What a list is narrowed down to; empty means everything. */
export interface Filter {
  search: string;
  tool: string;
  status: string;
}

const EVERYTHING: Filter = { search: '', tool: '', status: '' };

/** One of the two lists, with what narrows it down. It follows what happens on the server. */
export function CallsAndJobs({ kind, draftId }: { kind: 'calls' | 'jobs'; draftId?: string }) {
  const say = useTexts(TEXTS);
  const [, navigate] = useLocation();
  const renew = useRenewal();
  const [filter, setFilter] = useKept<Filter>(`calls.${kind}`, EVERYTHING);
  const [search] = useDebouncedValue(filter.search.trim(), SETTLED_MS);
  const tools = (useTools().data ?? []).map(({ name }) => name).sort();
  useLive('v1/activity', ({ type }) => {
    const keys = type === 'watching' ? ['calls', 'jobs'] : [`${type}s`];
    for (const key of keys) renew([key]);
  });
  const narrow = (part: Partial<Filter>) => setFilter({ ...filter, ...part });
  const words = say(kind === 'calls' ? 'search' : 'searchJobs');
  const settled = { ...filter, search };
  const isNarrowed = Object.values(settled).some((value) => value !== '');
  return (
    <>
      <PageHead title={say('title')} intro={say('intro')}>
        <SegmentedControl
          aria-label={say('kind')}
          value={kind}
          onChange={(next) => navigate(next === 'jobs' ? '/calls/jobs' : '/calls')}
          data={[
            { value: 'calls', label: say('calls') },
            { value: 'jobs', label: say('jobs') },
          ]}
        />
      </PageHead>
      <Group mb="sm" gap="sm">
        <TextInput
          type="search"
          aria-label={words}
          placeholder={words}
          leftSection={<Icon name="search" size={16} />}
          value={filter.search}
          onChange={(event) => narrow({ search: event.currentTarget.value })}
          style={{ flex: '1 1 14rem' }}
        />
        <NativeSelect
          aria-label={say('tool')}
          value={filter.tool}
          onChange={(event) => narrow({ tool: event.currentTarget.value })}
          data={[{ value: '', label: say('anyTool') }, ...tools]}
          style={{ flex: '1 1 9rem' }}
        />
        <NativeSelect
          aria-label={say('status')}
          value={filter.status}
          onChange={(event) => narrow({ status: event.currentTarget.value })}
          data={[
            { value: '', label: say('anyStatus') },
            ...STATES[kind].map((state) => ({ value: state, label: say(state) })),
          ]}
          style={{ flex: '1 1 9rem' }}
        />
      </Group>
      {draftId !== undefined && (
        <Group mb="sm" gap="sm">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {say('ofDraft', { id: draftId })}
          </Text>
          <Anchor component={Link} href="/calls" size="sm">
            {say('all')}
          </Anchor>
        </Group>
      )}
      {kind === 'jobs' ? (
        <JobList filter={settled} isNarrowed={isNarrowed} />
      ) : (
        <CallList filter={settled} draftId={draftId} isNarrowed={isNarrowed} />
      )}
    </>
  );
}
