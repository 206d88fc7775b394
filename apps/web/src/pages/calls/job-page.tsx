import { Anchor, Button, Code, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { Failure, isGone } from '../../api/failure.ts';
import { hasEnded } from '../../api/follow-job.ts';
import { useLive } from '../../api/use-live.ts';
import { useRenewal } from '../../api/use-renewal.ts';
import { Icon } from '../../icons.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useTold } from '../../language/told.ts';
import { Back } from '../../parts/back.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Failed } from '../../parts/failed.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { usePhases } from '../../parts/phases.ts';
import { CallList } from './call-list.tsx';
import { JobState } from './job-state.tsx';
import { QuestionForm } from './question-form.tsx';
import { TEXTS } from './texts.ts';

/** One job as it goes on: how far it is, what it asks, how it ended, and what can be done about it. */
export function JobPage({ id }: { id: string }) {
  const say = useTexts(TEXTS);
  const told = useTold();
  const phaseOf = usePhases();
  const { client } = useApi();
  const { fullTime } = useFormats();
  const queries = useQueryClient();
  const renew = useRenewal();
  const [, navigate] = useLocation();
  const params = { path: { id } };
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => answerOf(client.GET('/v1/jobs/{id}', { params, signal })),
  });
  const changed = () => queries.invalidateQueries({ queryKey: ['jobs'] });
  // All events come again to who begins to watch. Those that came before the first answer would ask for nothing anew.
  useLive(job === undefined ? undefined : `v1/jobs/${encodeURIComponent(id)}/events`, () => {
    renew(['jobs']);
    renew(['calls']);
  });
  const cancel = useMutation({
    mutationFn: () => answerOf(client.POST('/v1/jobs/{id}/cancel', { params })),
    onSuccess: changed,
  });
  const retry = useMutation({
    mutationFn: () => answerOf(client.POST('/v1/jobs/{id}/retry', { params })),
    onSuccess: (again) => navigate(`/calls/job/${encodeURIComponent(again.job_id)}`),
  });

  if (job === undefined || isGone(error)) {
    if (error === null) return <Loading />;
    return (
      <>
        <Back href="/calls/jobs">{say('back')}</Back>
        <PageHead title={say('title')} />
        <Failed error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  const isOver = hasEnded(job);
  // How a job ended is said below: its error, or what it gives.
  const now = isOver ? [] : [phaseOf(job.phase), told.message(undefined, job.message)];
  const going = [say('attempt', { attempt: job.attempt }), ...now].filter((words) => words !== '');
  const percent = Math.round(job.progress * 100);
  return (
    <Stack gap="md">
      <div>
        <Back href="/calls/jobs">{say('back')}</Back>
        <PageHead title={job.tool} intro={fullTime(job.created_at)}>
          <Group gap="sm">
            {!isOver && (
              <Button
                variant="default"
                leftSection={<Icon name="stop" size={16} />}
                onClick={() => cancel.mutate()}
                loading={cancel.isPending}
              >
                {say('cancel')}
              </Button>
            )}
            {isOver && (
              <Button
                variant="default"
                leftSection={<Icon name="retry" size={16} />}
                onClick={() => retry.mutate()}
                loading={retry.isPending}
              >
                {say('retry')}
              </Button>
            )}
          </Group>
        </PageHead>
        {cancel.error !== null && <Failed error={cancel.error} />}
        {retry.error !== null && <Failed error={retry.error} />}
      </div>
      <Panel>
        <Stack gap="xs">
          <Group gap="sm" role="status">
            <JobState job={job} />
            <Text size="sm" c="dimmed">
              {going.join(' · ')}
            </Text>
          </Group>
          {!isOver && <Progress value={percent} aria-label={say('progress')} animated />}
          <Group gap="xs">
            <Code>{job.job_id}</Code>
            <Copy text={job.job_id} />
          </Group>
          {job.drafts.length > 0 && (
            <Group gap="sm">
              <Text size="sm">{say('drafts')}</Text>
              {job.drafts.map(({ draft_id }) => (
                <Anchor
                  key={draft_id}
                  component={Link}
                  href={`/drafts/${encodeURIComponent(draft_id)}`}
                  size="sm"
                >
                  {draft_id}
                </Anchor>
              ))}
            </Group>
          )}
        </Stack>
      </Panel>
      {job.question !== undefined && (
        <Panel title={say('question')}>
          <QuestionForm jobId={id} question={job.question} />
        </Panel>
      )}
      {job.error !== undefined && <Failed error={failureOfJob(job.error)} />}
      {job.output !== undefined && (
        <Panel title={say('output')}>
          <JsonView value={job.output} label={say('output')} />
        </Panel>
      )}
      <Panel title={say('callsOfJob')}>
        <CallList filter={{ search: id, tool: '', status: '' }} isNarrowed={false} />
      </Panel>
    </Stack>
  );
}

function failureOfJob({
  code,
  message,
  hint,
  problems,
}: {
  code: string;
  message: string;
  hint?: string;
  problems: Failure['problems'];
}): Failure {
  return new Failure({ status: 422, code, message, problems, ...(hint === undefined ? {} : { hint }) });
}
