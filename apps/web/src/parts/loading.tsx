import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

/** Grey lines where something is about to be. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const say = useTexts(TEXTS);
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>{say('loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing tells the lines apart
        <Skeleton key={line} height={44} radius="sm" />
      ))}
    </Stack>
  );
}
