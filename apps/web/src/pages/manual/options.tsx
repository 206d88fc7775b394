import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useToolOptions } from '../../api/use-tools.ts';
import { useTexts } from '../../language/language.tsx';
import type { Input } from './input.ts';
import { TEXTS } from './texts.ts';

const UNITS = ['s', 'ms', 'us'] as const;
/** The tool behind the draft API: what it takes is what can be chosen. */
const TOOL = 'generate_draft';

/** How the text is to be read, and for which app. */
export function Options({ input, onChange }: { input: Input; onChange: (change: Partial<Input>) => void }) {
  const say = useTexts(TEXTS);
  const formats = useToolOptions(TOOL, 'from').filter((format) => format !== 'auto');
  const profiles = useToolOptions(TOOL, 'profile');
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
      <NativeSelect
        label={say('from')}
        value={input.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
        data={[{ value: '', label: say('fromAuto') }, ...formats]}
      />
      <NativeSelect
        label={say('timeUnit')}
        value={input.timeUnit}
        onChange={(event) => onChange({ timeUnit: event.currentTarget.value as Input['timeUnit'] })}
        data={[
          { value: 'auto', label: say('unitAuto') },
          ...UNITS.map((unit) => ({ value: unit, label: say(`unit_${unit}`) })),
        ]}
      />
      <NativeSelect
        label={say('profile')}
        value={input.profile}
        onChange={(event) => onChange({ profile: event.currentTarget.value })}
        data={[{ value: '', label: say('profileDefault') }, ...profiles]}
      />
    </SimpleGrid>
  );
}
