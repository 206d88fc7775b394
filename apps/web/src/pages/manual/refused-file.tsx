import { Alert, Text } from '@mantine/core';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { TEXTS } from './texts.ts';
import type { FileRefusal } from './use-file.ts';

const WORDS = { several: 'fileSeveral', folder: 'fileFolder', empty: 'fileEmpty', zip: 'fileZip' } as const;
/** What to do with a draft that is there already. */
const HINTS = { folder: 'folderHint', zip: 'zipDropHint' } as const;

/** Why a file was not read; the text is as it was. */
export function RefusedFile({ refusal, onClose }: { refusal: FileRefusal; onClose: () => void }) {
  const say = useTexts(TEXTS);
  if (refusal.why === 'unreadable')
    return <Failed error={refusal.error} title={say('fileUnreadable', { name: refusal.name })} />;
  const { why } = refusal;
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<Icon name="warning" />}
      withCloseButton
      closeButtonLabel={say('close')}
      onClose={onClose}
      title={say(WORDS[why], { name: 'name' in refusal ? refusal.name : '' })}
      styles={{ title: { overflowWrap: 'anywhere' } }}
    >
      {why in HINTS && <Text size="sm">{say(HINTS[why as keyof typeof HINTS])}</Text>}
    </Alert>
  );
}
