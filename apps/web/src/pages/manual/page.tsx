import { Box, Button, Checkbox, FileButton, Grid, Group, Paper, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useRef } from 'react';
import { useMe } from '../../api/use-me.ts';
import { Icon } from '../../icons.tsx';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useZoom } from '../../parts/timeline-picture.tsx';
import { Checks } from './checks.tsx';
import { Editor, type EditorHandle } from './editor.tsx';
import { formatJson, tidied } from './format-json.ts';
import { EXAMPLE, type Input, NO_INPUT } from './input.ts';
import { useMaking } from './making.tsx';
import { Options } from './options.tsx';
import { Preview } from './preview.tsx';
import { RefusedFile } from './refused-file.tsx';
import { Result } from './result.tsx';
import { TEXTS } from './texts.ts';
import { useCheck } from './use-check.ts';
import { useFile } from './use-file.ts';

/** A wait that is shorter is not worth a word. */
const SLOW_MS = 500;

/** Manual mode: something is put in, looked at while it is typed, and made into drafts. */
export default function ManualPage() {
  const say = useTexts(TEXTS);
  const [input, setInput] = useKept<Input>('manual', NO_INPUT);
  const [putsIntoEditor, setPutsIntoEditor] = useKept('manual.editor', true);
  const hasEditor = useMe().data?.features.includes('install') ?? false;
  const editor = useRef<EditorHandle>(null);
  const zoom = useZoom();
  const check = useCheck(input, zoom.width);
  const [isSlow] = useDebouncedValue(check.isFetching, SLOW_MS);
  const { making, make, cancel } = useMaking();
  const isEmpty = input.content.trim() === '';
  const isBusy = making.phase === 'sending' || making.phase === 'working';
  const change = (part: Partial<Input>) => setInput({ ...input, ...part });

  /** Another text than before: what was said of that does not hold for it. */
  const begin = (content: string, fileName = '') =>
    setInput({ ...NO_INPUT, profile: input.profile, content: tidied(content), fileName });
  const { read, isOver, refusal, forget } = useFile(begin);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    void make(input, hasEditor && putsIntoEditor);
  }

  return (
    <form onSubmit={onSubmit}>
      <PageHead title={say('title')} intro={say('intro')} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="sm">
            <Paper
              withBorder
              style={{
                overflow: 'hidden',
                ...(isOver && { borderColor: 'var(--mantine-primary-color-filled)' }),
              }}
            >
              <Box h={{ base: 260, sm: 420 }}>
                <Editor
                  value={input.content}
                  onChange={(text, isOther) => {
                    forget();
                    if (isOther && !isEmpty) begin(text);
                    else change({ content: isOther ? tidied(text) : text });
                  }}
                  findings={isEmpty ? [] : (check.data?.findings ?? [])}
                  label={say('content')}
                  hint={say('placeholder')}
                  handle={editor}
                />
              </Box>
            </Paper>
            {refusal !== undefined && <RefusedFile refusal={refusal} onClose={forget} />}
            <Group gap="xs">
              <FileButton
                onChange={(file) => file && void read(file)}
                accept=".json,.txt,.srt,.vtt,.ass,.ssa,.lrc,.otio,.jsonl,.md,application/json,text/*"
              >
                {(props) => (
                  <Button
                    {...props}
                    variant="default"
                    size="compact-sm"
                    leftSection={<Icon name="upload" size={14} />}
                  >
                    {say('chooseFile')}
                  </Button>
                )}
              </FileButton>
              {isEmpty ? (
                <Button variant="default" size="compact-sm" onClick={() => change({ content: EXAMPLE })}>
                  {say('example')}
                </Button>
              ) : (
                <>
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => change({ content: formatJson(input.content) })}
                  >
                    {say('format')}
                  </Button>
                  <Button variant="default" size="compact-sm" onClick={() => begin('')}>
                    {say('clear')}
                  </Button>
                </>
              )}
            </Group>
            <Options input={input} onChange={change} />
            <Group gap="md">
              <Button type="submit" disabled={isEmpty || isBusy}>
                {say('makeDraft')}
              </Button>
              {hasEditor && (
                <Checkbox
                  label={say('putInto')}
                  checked={putsIntoEditor}
                  onChange={(event) => setPutsIntoEditor(event.currentTarget.checked)}
                />
              )}
            </Group>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="md">
            <Result
              making={making}
              known={check.data?.findings ?? []}
              putsIntoEditor={hasEditor && putsIntoEditor}
              onCancel={cancel}
            />
            <Preview
              checked={check.data}
              error={check.error}
              onRetry={() => void check.refetch()}
              isEmpty={isEmpty}
              isReading={!isEmpty && check.isFetching && isSlow}
              zoom={zoom}
              onChoose={(timeUnit) => change({ timeUnit })}
            />
            {!isEmpty && check.data !== undefined && (
              <Checks checked={check.data} onGoTo={(line, column) => editor.current?.goTo(line, column)} />
            )}
          </Stack>
        </Grid.Col>
      </Grid>
    </form>
  );
}
