import { Box, Button, Code, Group, Modal, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, Fragment, type KeyboardEvent, type ReactNode } from 'react';
import { useKept } from '../../kept.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { isSend } from '../../parts/is-send.ts';
import { Loading } from '../../parts/loading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { TEXTS } from './texts.ts';
import { ToolLines } from './tool-lines.tsx';
import { type LiveChat, useChat } from './use-chat.ts';
import { type Message, nameOf, type Session, useMessages } from './use-sessions.ts';

const WRAP = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;

/** What was said in a session, what is being said, and the way to say more. */
export function SessionView({
  session,
  onAsk,
  onRemove,
  isRemoving,
  error,
}: {
  session: Session;
  /** Before the question whether to remove it. */
  onAsk(): void;
  onRemove(): void;
  isRemoving: boolean;
  error: unknown;
}) {
  const say = useTexts(TEXTS);
  const name = nameOf(session);
  const messages = useMessages(session.session_id);
  const { chat, toolsOf, error: chatError, send } = useChat(session);
  const [isAsked, { open, close }] = useDisclosure(false, { onOpen: onAsk });
  const said = messages.data?.pages
    .flatMap((page) => page.messages)
    .filter((message) => !isShownBy(chat, message))
    .toReversed();
  return (
    <Panel
      title={name}
      actions={
        <Button size="compact-sm" variant="default" onClick={open} aria-label={say('removeNamed', { name })}>
          {say('remove')}
        </Button>
      }
    >
      <Stack>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {say('bot', { id: session.bot_id })} · {say('conversation', { id: session.conversation_id })}
        </Text>
        {messages.error !== null && <Failed error={messages.error} onRetry={() => void messages.refetch()} />}
        {said === undefined && messages.error === null && <Loading lines={2} />}
        {messages.hasNextPage && (
          <Button
            variant="default"
            size="compact-sm"
            loading={messages.isFetchingNextPage}
            onClick={() => void messages.fetchNextPage()}
          >
            {say('older')}
          </Button>
        )}
        <Box role="log" aria-label={say('messages')}>
          <Stack gap="sm">
            {said?.length === 0 && chat === undefined && (
              <Text c="dimmed" size="sm">
                {say('silence')}
              </Text>
            )}
            {said?.map((message) => (
              <Fragment key={message.message_id}>
                <Said of={message} />
                {message.role === 'user' && <ToolLines tools={toolsOf[message.coze_chat_id ?? ''] ?? []} />}
              </Fragment>
            ))}
            {chat !== undefined && <Going chat={chat} />}
          </Stack>
        </Box>
        {chatError !== undefined && <Failed error={chatError} />}
        <Write id={session.session_id} onSend={send} isBusy={chat !== undefined} />
      </Stack>
      <Modal
        opened={isAsked}
        onClose={close}
        title={say('sure', { name })}
        closeButtonProps={{ 'aria-label': say('keep') }}
        centered
      >
        <Stack>
          {error !== null && <Failed error={error} />}
          <Text size="sm">{say('sureText')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {say('keep')}
            </Button>
            <Button color="red.8" loading={isRemoving} onClick={onRemove}>
              {say('remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  );
}

/** Whether a message is what a chat shows while it goes on. */
function isShownBy(chat: LiveChat | undefined, { role, coze_chat_id: cozeId }: Message): boolean {
  if (chat === undefined || cozeId === undefined || cozeId !== chat.cozeId) return false;
  return role !== 'user' || chat.said !== undefined;
}

function Said({ of: { role, content, content_type: type } }: { of: Message }) {
  const say = useTexts(TEXTS);
  const isCaller = role === 'user';
  const text = type === 'text' ? <Text style={WRAP}>{content}</Text> : <Code block>{content}</Code>;
  return isCaller ? (
    <Caller>{text}</Caller>
  ) : (
    <Box role="group" aria-label={say('answerOf')}>
      {text}
    </Box>
  );
}

function Caller({ children }: { children: ReactNode }) {
  const say = useTexts(TEXTS);
  return (
    <Group justify="flex-end">
      <Paper
        p="sm"
        radius="lg"
        withBorder
        bg="var(--page-ground)"
        maw="85%"
        role="group"
        aria-label={say('you')}
      >
        {children}
      </Paper>
    </Group>
  );
}

/** A chat while it goes on. */
function Going({ chat: { said, answer, tools } }: { chat: LiveChat }) {
  const say = useTexts(TEXTS);
  return (
    <>
      {said !== undefined && (
        <Caller>
          <Text style={WRAP}>{said}</Text>
        </Caller>
      )}
      <ToolLines tools={tools} />
      {answer === '' ? (
        <Text size="sm" c="dimmed">
          {say('running')}
        </Text>
      ) : (
        <Text style={WRAP} role="group" aria-label={say('answerOf')}>
          {answer}
        </Text>
      )}
    </>
  );
}

function Write(props: { id: string; onSend(text: string): Promise<boolean>; isBusy: boolean }) {
  const { id, onSend, isBusy } = props;
  const say = useTexts(TEXTS);
  const [text, setText] = useKept(`session.${id}`, '');
  const submit = async () => {
    if (isBusy || text.trim() === '') return;
    setText('');
    // What was not taken can be sent again.
    if (!(await onSend(text))) setText((since) => since || text);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSend(event)) return;
    event.preventDefault();
    void submit();
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="xs">
        <Textarea
          label={say('message')}
          description={say('messageHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autosize
          minRows={2}
          maxRows={8}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={isBusy || text.trim() === ''}>
            {say('send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
