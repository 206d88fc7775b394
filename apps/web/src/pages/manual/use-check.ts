import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { answerOf, type Schemas } from '../../api/client.ts';
import { useScheme } from '../../use-scheme.ts';
import type { Input } from './input.ts';

/** What the server says of the text. */
export type Checked = Schemas['Checked'];

/** Nobody reads findings while typing; so long after the last key they are asked for. */
const SETTLED_MS = 350;

/** What the server says of a text, asked anew whenever the text or how it is read has changed. */
export function useCheck(input: Input, width: number) {
  const { client } = useApi();
  const theme = useScheme();
  const wanted = useMemo(() => ({ ...input, width }), [input, width]);
  const [settled] = useDebouncedValue(wanted, SETTLED_MS);
  const { content, from, fileName, timeUnit, profile } = settled;
  return useQuery({
    queryKey: ['check', settled, theme],
    queryFn: ({ signal }) =>
      answerOf(
        client.POST('/v1/check', {
          signal,
          body: {
            content,
            theme,
            width: settled.width,
            time_unit: timeUnit,
            ...(from !== '' && { from }),
            ...(fileName !== '' && { file_name: fileName }),
            ...(profile !== '' && { profile }),
          },
        }),
      ),
    enabled: content.trim() !== '',
    placeholderData: keepPreviousData,
    // The text is in the key, so it is not kept for long.
    gcTime: 5_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
