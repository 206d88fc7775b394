import { Button, CopyButton } from '@mantine/core';
import { Icon } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

/** Puts a text on the clipboard and says so. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const say = useTexts(TEXTS);
  return (
    <CopyButton value={text} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          onClick={copy}
          leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />}
        >
          {copied ? say('copied') : (label ?? say('copy'))}
        </Button>
      )}
    </CopyButton>
  );
}
