import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';

/** Says that there is nothing yet, and what would bring something. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <Text c="dimmed" component="span" lh={0}>
        <Icon name={icon} size={32} />
      </Text>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" size="sm" maw="34rem" component="div">
        {children}
      </Text>
    </Stack>
  );
}
