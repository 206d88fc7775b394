import { Button, Group, Text } from '@mantine/core';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

/** How much of a list is shown, and the way to more. */
export function MoreOf(props: {
  shown: number;
  total: number;
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}) {
  const say = useTexts(TEXTS);
  const { shown, total } = props;
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed" role="status">
        {say('shownOf', { shown, total })}
      </Text>
      {props.hasMore && (
        <Button variant="default" size="compact-sm" onClick={props.onMore} loading={props.isLoading}>
          {say('more')}
        </Button>
      )}
    </Group>
  );
}
