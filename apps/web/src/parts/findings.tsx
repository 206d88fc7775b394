import { Badge, Code, Group, List, Text } from '@mantine/core';
import type { Finding } from '../api/failure.ts';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

const COLORS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** List of findings, each with its severity in words. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const say = useTexts(TEXTS);
  if (findings.length === 0) return null;
  return (
    <List listStyleType="none" spacing="xs" size="sm">
      {findings.map(({ code, severity, message, pointer, hint }) => (
        <List.Item key={`${code} ${pointer} ${message}`} styles={{ itemWrapper: { display: 'block' } }}>
          <Group gap="xs" align="baseline">
            <Badge size="sm" radius="sm" variant="light" color={COLORS[severity]} autoContrast>
              {say(severity)}
            </Badge>
            <Text size="sm" span style={{ flex: '1 1 12rem', overflowWrap: 'anywhere' }}>
              {message}
            </Text>
          </Group>
          {hint !== undefined && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
          <Group gap="xs">
            <Code>{code}</Code>
            {pointer !== undefined && <Code>{pointer}</Code>}
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
