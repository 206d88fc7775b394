import { Anchor, Group, type MantineBreakpoint } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from '../icons.tsx';

/** The way from one thing to the list of them; not shown from a width on that has place for both. */
export function Back(props: { href: string; hiddenFrom?: MantineBreakpoint; children: ReactNode }) {
  const { href, hiddenFrom, children } = props;
  return (
    <Anchor
      component={Link}
      href={href}
      size="sm"
      display="inline-block"
      {...(hiddenFrom !== undefined && { hiddenFrom })}
    >
      <Group gap={4} component="span">
        <Icon name="left" size={14} /> {children}
      </Group>
    </Anchor>
  );
}
