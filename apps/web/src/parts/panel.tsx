import { Group, Paper, type PaperProps, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a page on a ground of its own; with a title it is a region. */
export function Panel({
  title,
  actions,
  children,
  ...paper
}: PaperProps & { title?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Paper component="section" aria-label={title} withBorder p="md" {...paper}>
      {(title !== undefined || actions !== undefined) && (
        <Group justify="space-between" mb="sm" gap="xs">
          {title !== undefined && <Title order={2}>{title}</Title>}
          {actions}
        </Group>
      )}
      {children}
    </Paper>
  );
}
