import { Box, Code, Group } from '@mantine/core';
import { Copy } from './copy.tsx';

/** A text as it is, or any value as readable JSON, to look at and to copy. */
export function JsonView({
  value,
  label,
  maxHeight = 360,
}: {
  value: unknown;
  label: string;
  maxHeight?: number;
}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <Box pos="relative">
      <Group justify="flex-end" pos="absolute" right={8} top={8}>
        <Copy text={text} />
      </Group>
      <Code block mah={maxHeight} tabIndex={0} role="region" aria-label={label} style={{ overflow: 'auto' }}>
        {text}
      </Code>
    </Box>
  );
}
