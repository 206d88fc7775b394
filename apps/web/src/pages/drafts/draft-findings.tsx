import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import type { Finding } from '../../api/failure.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { FindingCounts } from '../../parts/finding-counts.tsx';
import { Findings } from '../../parts/findings.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';

/** What is wrong with the state of a draft that is shown, and what was found besides when the draft was made. */
export function DraftFindings(props: {
  id: string;
  /** What was found when it was made. */
  problems: readonly Finding[];
  revision: number | undefined;
}) {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const { id, problems, revision } = props;
  const { data, error, isLoading, refetch } = useQuery({
    queryKey: ['draft', id, 'findings', revision],
    queryFn: ({ signal }) =>
      answerOf(
        client.GET('/v1/drafts/{id}/findings', {
          signal,
          params: { path: { id }, query: revision === undefined ? {} : { revision } },
        }),
      ),
    enabled: revision !== undefined,
  });
  const found = data?.findings ?? [];
  const others = problems.filter((one) => !found.some((other) => isSame(one, other)));
  return (
    <Panel title={say('findings')} actions={data && <FindingCounts counts={data.findings_counts} />}>
      {error !== null ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : isLoading ? (
        <Loading lines={2} />
      ) : found.length === 0 && others.length === 0 ? (
        <Group gap="xs">
          <Icon name="check" />
          <Text size="sm">{say('noFindings')}</Text>
        </Group>
      ) : (
        <Findings findings={found} total={data?.findings_total} />
      )}
      {others.length > 0 && (
        <Stack gap="xs" mt={found.length === 0 ? 0 : 'md'}>
          <Title order={3} size="sm">
            {say('whenMade')}
          </Title>
          <Findings findings={others} />
        </Stack>
      )}
    </Panel>
  );
}

function isSame(a: Finding, b: Finding): boolean {
  return a.code === b.code && a.message === b.message;
}
