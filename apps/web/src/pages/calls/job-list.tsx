import { Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { MoreOf } from '../../parts/more-of.tsx';
import type { Filter } from './calls-and-jobs.tsx';
import { JobState } from './job-state.tsx';
import { TEXTS } from './texts.ts';
import { useListOfJobs } from './use-list-of-jobs.ts';

/** Jobs, the newest first. */
export function JobList({ filter, isNarrowed }: { filter: Filter; isNarrowed: boolean }) {
  const say = useTexts(TEXTS);
  const { list, rows: jobs, total } = useListOfJobs(filter);
  const failed = list.error !== null && <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return failed || <Loading />;
  if (jobs.length === 0) {
    return (
      <Paper withBorder>
        <Empty icon="calls" title={say(isNarrowed ? 'noneFound' : 'noJobs')}>
          {!isNarrowed && say('noneHint')}
        </Empty>
      </Paper>
    );
  }
  return (
    <>
      {failed}
      <Paper withBorder component="ul" className="rows">
        {jobs.map((job) => (
          <Row key={job.job_id} job={job} />
        ))}
      </Paper>
      <MoreOf
        shown={jobs.length}
        total={total}
        hasMore={list.hasNextPage}
        isLoading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

function Row({ job }: { job: Schemas['Job'] }) {
  const { time } = useFormats();
  const told = useTold();
  return (
    <li>
      <UnstyledButton component={Link} href={`/calls/job/${encodeURIComponent(job.job_id)}`} className="row">
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Stack gap={2} miw={0}>
            <Text size="sm" fw={600} className="mono" truncate>
              {job.tool}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {time(job.created_at)}
              {job.message !== '' && ` · ${told.message(undefined, job.message)}`}
            </Text>
          </Stack>
          <JobState job={job} />
        </Group>
      </UnstyledButton>
    </li>
  );
}
