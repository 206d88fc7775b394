import { Badge, Box, Grid, Group, Paper, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link, useRoute } from 'wouter';
import { type ToolEntry, useTools } from '../../api/use-tools.ts';
import { Icon } from '../../icons.tsx';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TEXTS } from './texts.ts';
import { ToolPanel } from './tool-panel.tsx';

/** The tools of the server, each to be tried. On a phone either the list or one tool. */
export default function ToolsPage() {
  const say = useTexts(TEXTS);
  const [, params] = useRoute('/tools/:name');
  const [search, setSearch] = useKept('tools.search', '');
  const { data: tools, error, refetch } = useTools();
  const chosen = tools?.find(({ name }) => name === params?.name);
  const title = useRef<HTMLHeadingElement>(null);
  const before = useRef(params?.name);
  useEffect(() => {
    // The keyboard goes on in the tool that was chosen, and not in the many others behind it.
    if (before.current !== params?.name) title.current?.focus({ preventScroll: true });
    before.current = params?.name;
  }, [params?.name]);
  const listed = (tools ?? []).filter((tool) => fits(tool, search.trim().toLowerCase()));
  return (
    <>
      <PageHead title={say('title')} intro={say('intro')} />
      {error !== null ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : tools === undefined ? (
        <Loading />
      ) : tools.length === 0 ? (
        <Paper withBorder>
          <Empty icon="tools" title={say('none')} />
        </Paper>
      ) : (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 4, lg: 3 }} {...(chosen && { visibleFrom: 'md' })}>
            <Paper withBorder p="xs">
              <TextInput
                type="search"
                aria-label={say('search')}
                placeholder={say('search')}
                leftSection={<Icon name="search" size={16} />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                mb="xs"
              />
              {listed.length === 0 && (
                <Text size="sm" c="dimmed" p="xs">
                  {say('noneFound')}
                </Text>
              )}
              <ScrollArea.Autosize
                mah={{ base: undefined, md: 'calc(100vh - 15rem)' }}
                viewportProps={{ tabIndex: -1 }}
                // Its content is a table, which grows with the longest line and hides the end of it.
                styles={{ content: { display: 'block', minWidth: 0 } }}
              >
                <ul className="rows-plain">
                  {listed.map((tool) => (
                    <Row key={tool.name} tool={tool} isChosen={tool === chosen} />
                  ))}
                </ul>
              </ScrollArea.Autosize>
            </Paper>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
            {chosen === undefined ? (
              <Box visibleFrom="md">
                <Paper withBorder>
                  <Empty icon="tools" title={say('choose')} />
                </Paper>
              </Box>
            ) : (
              <ToolPanel key={chosen.name} tool={chosen} title={title} />
            )}
          </Grid.Col>
        </Grid>
      )}
    </>
  );
}

function Row({ tool, isChosen }: { tool: ToolEntry; isChosen: boolean }) {
  const say = useTexts(TEXTS);
  return (
    <li>
      <UnstyledButton
        component={Link}
        href={`/tools/${tool.name}`}
        className={isChosen ? 'row chosen' : 'row'}
        aria-current={isChosen ? 'true' : undefined}
      >
        <Group gap={6} wrap="nowrap">
          <Text size="sm" fw={600} className="mono" truncate>
            {tool.name}
          </Text>
          {tool.isDeprecated && (
            <Badge size="xs" variant="light" color="gray" tt="none">
              {say('deprecated')}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {tool.summary}
        </Text>
      </UnstyledButton>
    </li>
  );
}

function fits({ name, summary }: ToolEntry, search: string): boolean {
  return `${name} ${summary}`.toLowerCase().includes(search);
}
