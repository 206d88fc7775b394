import { Anchor, Code, Group, List, SegmentedControl, Stack, Tabs, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../language/language.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';

/** What the steps name. */
interface Facts {
  /** Document to import into Coze. */
  openapiUrl: string;
  /** Address of the server. */
  serverUrl: string;
  needsToken: boolean;
  /** A tool that can be called with an empty input, or with one that says what is missing. */
  sample: { method: string; path: string } | undefined;
}

const SITES = { cn: 'https://www.coze.cn', com: 'https://www.coze.com' } as const;
/** Coze sends the value as it is. */
const VALUE = 'Bearer KEY';

/** How other programs are told about this server, with everything to copy. */
export function Steps(facts: Facts) {
  const say = useTexts(TEXTS);
  return (
    <Panel title={say('steps')}>
      <Tabs defaultValue="coze" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="coze">Coze 扣子</Tabs.Tab>
          <Tabs.Tab value="n8n">n8n</Tabs.Tab>
          <Tabs.Tab value="dify">Dify</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="coze">
          <CozeSteps {...facts} />
        </Tabs.Panel>
        <Tabs.Panel value="n8n">
          <N8nSteps {...facts} />
        </Tabs.Panel>
        <Tabs.Panel value="dify">
          <DifySteps {...facts} />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}

function CozeSteps({ openapiUrl, needsToken }: Facts) {
  const say = useTexts(TEXTS);
  const [site, setSite] = useState<keyof typeof SITES>('cn');
  return (
    <Stack>
      <SegmentedControl
        aria-label={say('where')}
        value={site}
        onChange={(value) => setSite(value as keyof typeof SITES)}
        data={[
          { value: 'cn', label: say('cn') },
          { value: 'com', label: say('com') },
        ]}
        fullWidth
        style={{ maxWidth: 400 }}
        styles={{ label: { whiteSpace: 'normal' } }}
      />
      <List type="ordered" spacing="sm">
        <List.Item>{say('coze1', { site: SITES[site] })}</List.Item>
        <List.Item>{say('coze2')}</List.Item>
        <List.Item>
          {say('coze3')}
          <Value text={openapiUrl} />
        </List.Item>
        <Token needsToken={needsToken} words={say('coze4')} open={say('coze4Open')} />
        <List.Item>{say('coze5')}</List.Item>
      </List>
    </Stack>
  );
}

function N8nSteps({ serverUrl, needsToken, sample }: Facts) {
  const say = useTexts(TEXTS);
  return (
    <List type="ordered" spacing="sm">
      <List.Item>{say('n8n1')}</List.Item>
      {sample !== undefined && (
        <List.Item>
          {say('n8n2')}
          <Value text={curlOf(serverUrl, sample, needsToken)} />
        </List.Item>
      )}
      <Token needsToken={needsToken} words={say('n8n3')} open={say('n8n3Open')} />
      <List.Item>{say('n8n4')}</List.Item>
    </List>
  );
}

function DifySteps({ serverUrl, needsToken }: Facts) {
  const say = useTexts(TEXTS);
  return (
    <List type="ordered" spacing="sm">
      <List.Item>{say('dify1')}</List.Item>
      <List.Item>
        {say('dify2')}
        <Value text={`${serverUrl}/openapi.json?profile=full`} />
      </List.Item>
      <Token needsToken={needsToken} words={say('dify3')} open={say('dify3Open')} value="KEY" />
      <List.Item>{say('dify4')}</List.Item>
    </List>
  );
}

/** The header that shows a key, where one is asked for. */
function Token({
  needsToken,
  words,
  open,
  value = VALUE,
}: {
  needsToken: boolean;
  words: ReactNode;
  open: ReactNode;
  value?: string;
}) {
  const say = useTexts(TEXTS);
  if (!needsToken) return <List.Item>{open}</List.Item>;
  return (
    <List.Item>
      {words}
      <Value text="Authorization" />
      <Value text={value} />
      <Anchor component={Link} href="/keys" size="sm">
        {say('makeKey')}
      </Anchor>
    </List.Item>
  );
}

/** Something to copy, as it is. */
function Value({ text }: { text: string }) {
  const say = useTexts(TEXTS);
  return (
    <Group gap="xs" mt={4} wrap="nowrap" align="flex-start">
      <Code block style={{ flex: '0 1 auto', minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <Text component="div">
        <Copy text={text} label={say('value')} />
      </Text>
    </Group>
  );
}

function curlOf(serverUrl: string, { method, path }: { method: string; path: string }, needsToken: boolean) {
  const lines = [
    `curl -X ${method.toUpperCase()} '${serverUrl}${path}'`,
    ...(needsToken ? [`  -H 'Authorization: ${VALUE}'`] : []),
    `  -H 'Content-Type: application/json'`,
    `  -d '{}'`,
  ];
  return lines.join(' \\\n');
}
