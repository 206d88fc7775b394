import { Button, Collapse, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTexts } from '../../language/language.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import { TEXTS } from './texts.ts';

/** The timeline as it is kept, for those who want to see it. */
export function TimelineJson({ value }: { value: unknown }) {
  const say = useTexts(TEXTS);
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <Stack gap="xs" align="stretch">
      <div>
        <Button size="compact-sm" variant="default" onClick={toggle} aria-expanded={isOpen}>
          {say('json')}
        </Button>
      </div>
      <Collapse expanded={isOpen}>{isOpen && <JsonView value={value} label={say('json')} />}</Collapse>
    </Stack>
  );
}
