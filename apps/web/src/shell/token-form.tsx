import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAuth } from '../api/api-context.tsx';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

/** Asks for a token, when the server wants one. */
export function TokenForm() {
  const say = useTexts(TEXTS);
  const { signIn, wasRefused } = useAuth();
  const [token, setToken] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const text = token.trim();
    if (text !== '') signIn(text);
  };
  return (
    <Paper withBorder p="lg" maw="28rem" mx="auto" mt="xl">
      <form onSubmit={onSubmit}>
        <Stack>
          <Title order={1}>{say('tokenTitle')}</Title>
          <Text size="sm">{say('tokenIntro')}</Text>
          <PasswordInput
            label={say('token')}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={wasRefused ? say('tokenRefused') : undefined}
            autoComplete="off"
            required
          />
          <Button type="submit">{say('signIn')}</Button>
          <Text size="sm" c="dimmed">
            {say('tokenHint')}
          </Text>
        </Stack>
      </form>
    </Paper>
  );
}
