import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useApi } from '../../api/api-context.tsx';
import { answerOf } from '../../api/client.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Documents } from './documents.tsx';
import { Steps } from './steps.tsx';
import { TEXTS } from './texts.ts';
import { Verify } from './verify.tsx';

/** How other programs reach the tools of this server. */
export default function Page() {
  const say = useTexts(TEXTS);
  const { client } = useApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['connect'],
    queryFn: ({ signal }) => answerOf(client.GET('/v1/connect', { signal })),
  });
  const sample = useSample();
  if (data === undefined) {
    return (
      <>
        <PageHead title={say('title')} intro={say('intro')} />
        {error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />}
      </>
    );
  }
  const serverUrl = new URL(data.openapi_url).href.replace(/\/openapi\.json.*$/, '');
  return (
    <>
      <PageHead title={say('title')} intro={say('intro')} />
      <Stack>
        {data.public_url === undefined && (
          <Alert
            variant="light"
            color="blue"
            role="note"
            icon={<Icon name="info" />}
            title={say('privateTitle')}
          >
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{say('privateText')}</Text>
              <Button component={Link} href="/local" size="compact-sm" variant="default">
                {say('toLocal')}
              </Button>
            </Stack>
          </Alert>
        )}
        <Panel title={say('importAddress')}>
          <Text size="sm" mb="xs">
            {say('importHint')}
          </Text>
          <Group gap="xs">
            <Code fz="md" style={{ overflowWrap: 'anywhere' }}>
              {data.openapi_url}
            </Code>
            <Copy text={data.openapi_url} label={say('copyAddress')} />
          </Group>
        </Panel>
        <Verify />
        <Steps
          openapiUrl={data.openapi_url}
          serverUrl={serverUrl}
          needsToken={data.needs_token}
          sample={sample}
        />
        <Documents serverUrl={serverUrl} />
      </Stack>
    </>
  );
}

/** The first tool that has no parameters in its path. */
function useSample(): { method: string; path: string } | undefined {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['document', 'openapi.json?profile=full'],
    queryFn: async ({ signal }) => (await api.fetch('openapi.json?profile=full', { signal })).json(),
    staleTime: 60_000,
  });
  const { paths = {} } = (data ?? {}) as { paths?: Record<string, Record<string, unknown>> };
  const path = Object.keys(paths).find((one) => !one.includes('{') && 'post' in paths[one]!);
  return path === undefined ? undefined : { method: 'post', path };
}
