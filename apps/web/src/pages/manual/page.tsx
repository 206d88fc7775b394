import { Box, Button, Checkbox, FileButton, Grid, Group, Paper, Stack } from '@mantine/core';
import { type DragEvent, type FormEvent, useRef, useState } from 'react';
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
import { Options } from './options.tsx';
import { Preview } from './preview.tsx';
import { Result } from './result.tsx';
import { TEXTS } from './texts.ts';
import { useCheck } from './use-check.ts';
import { useMaking } from './use-making.ts';

/** Manual mode: something is put in, looked at while it is typed, and made into drafts. */
export default function ManualPage() {
  const say = useTexts(TEXTS);
  const [input, setInput] = useKept<Input>('manual', NO_INPUT);
  const [putsIntoEditor, setPutsIntoEditor] = useKept('manual.editor', true);
  const hasEditor = useMe().data?.features.includes('install') ?? false;
  const editor = useRef<EditorHandle>(null);
  const zoom = useZoom();
  const check = useCheck(input, zoom.width);
  const { making, make, cancel } = useMaking();
  const isEmpty = input.content.trim() === '';
  const isBusy = making.phase === 'sending' || making.phase === 'working';
  const change = (part: Partial<Input>) => setInput({ ...input, ...part });

  async function read(file: File | null | undefined) {
    if (file)
      setInput({
        ...NO_INPUT,
        profile: input.profile,
        content: tidied(await file.text()),
        fileName: file.name,
      });
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    void make(input);
  }

  return (
    <form onSubmit={onSubmit}>
      <PageHead title={say('title')} intro={say('intro')} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack gap="sm">
            <DropPlace onFile={read}>
              <Box h={{ base: 260, sm: 420 }}>
                <Editor
                  value={input.content}
                  onChange={(text) => {
                    const isFirst = isEmpty && text.length > 1;
                    change({ content: isFirst ? tidied(text) : text, ...(text === '' && { fileName: '' }) });
                  }}
                  findings={isEmpty ? [] : (check.data?.findings ?? [])}
                  label={say('content')}
                  hint={say('placeholder')}
                  handle={editor}
                />
              </Box>
            </DropPlace>
            <Group gap="xs">
              <FileButton
                onChange={read}
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
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => setInput({ ...NO_INPUT, profile: input.profile })}
                  >
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
              isEmpty={isEmpty}
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

/** A ground that takes a file; the button below does the same for the keyboard. */
function DropPlace({
  onFile,
  children,
}: {
  onFile: (file: File | undefined) => void;
  children: React.ReactNode;
}) {
  const [isOver, setIsOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    // Before the editor puts it where the cursor is.
    event.preventDefault();
    event.stopPropagation();
    onFile(file);
  };
  return (
    <Paper
      withBorder
      style={{ overflow: 'hidden', ...(isOver && { borderColor: 'var(--mantine-primary-color-filled)' }) }}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDropCapture={onDrop}
    >
      {children}
    </Paper>
  );
}
