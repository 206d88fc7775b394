import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi, useAuth } from '../api/api-context.tsx';
import { failureOf } from '../api/failure.ts';
import { Icon } from '../icons.tsx';
import { Failed } from './failed.tsx';

/**
 * Downloads a file of the server. Where callers show a token a link could not, so the file is fetched and handed over.
 *
 * @param path - Relative to the page.
 */
export function Download({ path, isMain, children }: { path: string; isMain: boolean; children: ReactNode }) {
  const api = useApi();
  const { hasToken } = useAuth();
  const fetching = useMutation({
    mutationFn: async () => {
      const response = await api.fetch(path);
      if (!response.ok) throw failureOf(response.status, await response.json().catch(() => undefined));
      hand(await response.blob(), nameOf(response.headers.get('content-disposition')));
    },
  });
  const look = {
    variant: isMain ? 'filled' : 'default',
    leftSection: <Icon name="download" size={16} />,
  };
  if (!hasToken) {
    return (
      <Button component="a" href={`.${path.startsWith('/') ? '' : '/'}${path}`} download {...look}>
        {children}
      </Button>
    );
  }
  return (
    <>
      <Button onClick={() => fetching.mutate()} loading={fetching.isPending} {...look}>
        {children}
      </Button>
      {fetching.error !== null && <Failed error={fetching.error} />}
    </>
  );
}

function hand(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The name that the server gives the file; names that are not Latin stand behind `filename*`. */
function nameOf(disposition: string | null): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? [];
  const [, plain] = /filename="?([^";]+)"?/i.exec(disposition ?? '') ?? [];
  return encoded === undefined ? (plain ?? 'draft.zip') : decodeURIComponent(encoded);
}
