import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { failureOf } from '../../api/failure.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Failed } from '../../parts/failed.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';

const DOCUMENTS = [
  { name: 'docCoze', path: 'openapi.json?profile=coze', file: 'openapi.json' },
  { name: 'docPlugin', path: '.well-known/ai-plugin.json', file: 'ai_plugin.json' },
  { name: 'docFull', path: 'openapi.json?profile=full', file: 'openapi-full.json' },
  { name: 'docLocal', path: 'openapi.json?profile=local', file: 'openapi-local.json' },
] as const;

/** Every document that others import: its address, as a file, and as a text. */
export function Documents({ serverUrl }: { serverUrl: string }) {
  const say = useTexts(TEXTS);
  const [shown, setShown] = useState<string>();
  return (
    <Panel title={say('documents')}>
      <Stack>
        {DOCUMENTS.map(({ name, path, file }) => {
          const title = say(name);
          const isShown = shown === path;
          return (
            <Stack key={path} gap="xs">
              <Group justify="space-between" gap="xs">
                <Stack gap={0} style={{ flex: '1 1 14rem', minWidth: 0 }}>
                  <Text fw={600} size="sm">
                    {title}
                  </Text>
                  <Code style={{ overflowWrap: 'anywhere' }}>{`${serverUrl}/${path}`}</Code>
                </Stack>
                <Group gap="xs">
                  <Copy text={`${serverUrl}/${path}`} label={say('copyAddress')} />
                  <Button
                    component="a"
                    href={`./${path}`}
                    download={file}
                    size="compact-sm"
                    variant="default"
                    aria-label={say('downloadOf', { name: title })}
                    leftSection={<Icon name="download" size={14} />}
                  >
                    {say('download')}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-expanded={isShown}
                    aria-label={isShown ? undefined : say('showOf', { name: title })}
                    onClick={() => setShown(isShown ? undefined : path)}
                  >
                    {say(isShown ? 'hide' : 'show')}
                  </Button>
                </Group>
              </Group>
              {isShown && <Document path={path} title={title} />}
            </Stack>
          );
        })}
      </Stack>
    </Panel>
  );
}

function Document({ path, title }: { path: string; title: string }) {
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ['document', path],
    queryFn: async ({ signal }) => {
      const response = await api.fetch(path, { signal });
      const body: unknown = await response.json();
      if (!response.ok) throw failureOf(response.status, body);
      return body;
    },
  });
  if (data === undefined) return error === null ? <Loading lines={2} /> : <Failed error={error} />;
  return <JsonView value={data} label={title} />;
}
