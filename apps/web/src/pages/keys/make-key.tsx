import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { TEXTS } from './texts.ts';
import type { KeyWish } from './use-keys.ts';

const CALL = 'tools:call';
const ADMIN = 'admin';
const DAYS = ['30', '90', '365'];

/** What a new key is to be. */
export function MakeKey({ onMake, isMaking }: { onMake(wish: KeyWish): void; isMaking: boolean }) {
  const say = useTexts(TEXTS);
  const [name, setName] = useState('');
  const [owner, setOwner] = useState('');
  const [scopes, setScopes] = useState([CALL]);
  const [days, setDays] = useState('90');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (scopes.length === 0 || name.trim() === '') return;
    const count = days === '' ? undefined : Number(days);
    onMake({ name: name.trim(), owner: owner.trim(), scopes, days: count });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Group align="flex-start" grow preventGrowOverflow={false} gap="sm">
          <TextInput
            label={say('name')}
            description={say('nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            autoComplete="off"
            required
          />
          <TextInput
            label={say('owner')}
            description={say('ownerHint')}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
            maxLength={100}
            autoComplete="off"
          />
        </Group>
        <Checkbox.Group
          label={say('scopes')}
          value={scopes}
          onChange={setScopes}
          error={scopes.length === 0 ? say('needsScope') : undefined}
          required
        >
          <Stack gap="xs" mt={4}>
            <Checkbox value={CALL} label={say('scopeCall')} description={say('scopeCallHint')} />
            <Checkbox value={ADMIN} label={say('scopeAdmin')} description={say('scopeAdminHint')} />
          </Stack>
        </Checkbox.Group>
        <Select
          label={say('ends')}
          value={days}
          onChange={(value) => setDays(value ?? '')}
          data={[
            ...DAYS.map((count) => ({ value: count, label: say('days', { count }) })),
            { value: '', label: say('never') },
          ]}
          allowDeselect={false}
          maw="16rem"
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={isMaking}
            disabled={scopes.length === 0}
            leftSection={<Icon name="plus" size={14} />}
          >
            {say('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
