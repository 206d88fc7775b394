import { Button, Collapse, Fieldset, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { JsonSchema } from '../../api/use-tools.ts';
import { Icon } from '../../icons.tsx';
import { useTexts } from '../../language/language.tsx';
import { ChoiceField, type FieldProps, JsonField, NumberField, TextField } from './simple-fields.tsx';
import { TEXTS } from './texts.ts';

/** A list that is longer is typed as JSON: nobody fills in so many forms. */
const MOST_ITEMS = 30;

type Kind = 'choice' | 'number' | 'text' | 'list' | 'group' | 'json';

/** One field of a form, by its schema; what has no form that could be drawn is typed as JSON. */
export function Field(props: FieldProps) {
  const { schema, value } = props;
  const kind = kindOf(schema);
  // An example may hold what the kind of field cannot show.
  if (kind === 'json' || !isShowable(kind, value)) return <JsonField {...props} />;
  if (kind === 'choice') return <ChoiceField {...props} values={schema.enum ?? [true, false]} />;
  if (kind === 'number') return <NumberField {...props} />;
  if (kind === 'list') return <ListField {...props} />;
  return kind === 'group' ? <GroupField {...props} /> : <TextField {...props} />;
}

function kindOf({ type, enum: values, items, properties }: JsonSchema): Kind {
  const types = [type ?? []].flat();
  if (values !== undefined || (types.length === 1 && types[0] === 'boolean')) return 'choice';
  if (types.length === 1 && (types[0] === 'number' || types[0] === 'integer')) return 'number';
  // A field that takes a text as well as something else is typed as text.
  if (types.includes('string')) return 'text';
  if (types.includes('array') && items !== undefined && kindOf(items) !== 'json') return 'list';
  return types.includes('object') && properties !== undefined ? 'group' : 'json';
}

function isShowable(kind: Kind, value: unknown): boolean {
  if (value === undefined) return true;
  if (kind === 'list') return Array.isArray(value) && value.length <= MOST_ITEMS;
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return kind === 'group' ? isMap : typeof value !== 'object';
}

/** Several of the same, each with a form of its own. */
function ListField(props: FieldProps) {
  const say = useTexts(TEXTS);
  const { name, place, schema, isRequired, value, onChange, onBroken } = props;
  const items = (value ?? []) as unknown[];
  const schemaOfItem = schema.items!;
  const count = useRef(items.length);
  /** Tells the items from one another when one between them is taken away. */
  const [keys, setKeys] = useState(() => items.map((_, index) => index));
  const change = (next: unknown[]) => onChange(next.length === 0 ? undefined : next);
  const add = () => {
    setKeys([...keys, count.current++]);
    change([...items, firstOf(schemaOfItem)]);
  };
  const remove = (index: number) => {
    setKeys(keys.toSpliced(index, 1));
    change(items.toSpliced(index, 1));
  };
  return (
    <Fieldset p="sm" legend={<Legend name={name} isRequired={isRequired} />}>
      <Stack gap="sm" align="stretch">
        {schema.description !== undefined && (
          <Text size="xs" c="dimmed">
            {schema.description}
          </Text>
        )}
        {items.map((item, index) => (
          <ListItem
            key={keys[index]}
            name={`${name} ${index + 1}`}
            place={`${place}/${keys[index]}`}
            schema={schemaOfItem}
            isRequired={false}
            value={item}
            onChange={(next) => change(items.with(index, next ?? emptyOf(schemaOfItem)))}
            onBroken={onBroken}
            onRemove={() => remove(index)}
          />
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            disabled={items.length >= MOST_ITEMS}
            aria-label={say('addItemTo', { name })}
            onClick={add}
          >
            {say('addItem')}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}

/** One of a list, and what takes it away: beside it, or below what has many parts. */
function ListItem({ onRemove, ...props }: FieldProps & { onRemove: () => void }) {
  const say = useTexts(TEXTS);
  const { name, schema } = props;
  // It is said of the list.
  const { description: _, ...own } = schema;
  return (
    <Group gap="xs" align="flex-end" justify="flex-end" wrap={kindOf(schema) === 'group' ? 'wrap' : 'nowrap'}>
      <div style={{ flex: '1 1 100%', minWidth: 0 }}>
        <Field {...props} schema={own} />
      </div>
      <Button
        size="compact-sm"
        variant="default"
        mb={4}
        style={{ flexShrink: 0 }}
        aria-label={say('removeItem', { name })}
        onClick={onRemove}
        leftSection={<Icon name="cross" size={14} />}
      >
        {say('remove')}
      </Button>
    </Group>
  );
}

/** Fields that belong together; those that may be left out are behind a button. */
function GroupField(props: FieldProps) {
  const say = useTexts(TEXTS);
  const { name, place, schema, isRequired, onChange, onBroken } = props;
  const value = (props.value ?? {}) as Record<string, unknown>;
  const [isOpen, { toggle }] = useDisclosure(false);
  const required = schema.required ?? [];
  const all = Object.entries(schema.properties ?? {});
  // What must not be left out belongs to a group that is there, and to no other.
  const isThere = isRequired || props.value !== undefined;
  // What is filled in at first stays in sight, and what is emptied does not go from under the cursor.
  const [first] = useState(
    () =>
      new Set(
        isThere ? Object.keys(value).concat(required.length > 0 ? required : all.map(([key]) => key)) : [],
      ),
  );
  const set = (key: string, next: unknown) => {
    const { [key]: _, ...rest } = value;
    const changed = next === undefined ? rest : { ...rest, [key]: next };
    onChange(Object.keys(changed).length === 0 ? undefined : changed);
  };
  const fields = (shown: typeof all) => (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
      {shown.map(([key, one]) => (
        <Field
          key={key}
          name={key}
          place={`${place}/${key}`}
          schema={one}
          isRequired={isThere && required.includes(key)}
          value={value[key]}
          onChange={(next) => set(key, next)}
          onBroken={onBroken}
        />
      ))}
    </SimpleGrid>
  );
  const more = all.filter(([key]) => !first.has(key));
  return (
    <Fieldset p="sm" legend={<Legend name={name} isRequired={isRequired} />}>
      <Stack gap="xs">
        {schema.description !== undefined && (
          <Text size="xs" c="dimmed">
            {schema.description}
          </Text>
        )}
        {fields(all.filter(([key]) => first.has(key)))}
        {more.length > 0 && (
          <div>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-expanded={isOpen}
              onClick={toggle}
              leftSection={<Icon name={isOpen ? 'minus' : 'plus'} size={14} />}
            >
              {say(first.size > 0 ? 'moreFields' : 'fields', { name, count: more.length })}
            </Button>
          </div>
        )}
        <Collapse expanded={isOpen}>{isOpen && fields(more)}</Collapse>
      </Stack>
    </Fieldset>
  );
}

function Legend({ name, isRequired }: { name: string; isRequired: boolean }) {
  return (
    <Text size="sm" fw={600} span>
      {name}
      {isRequired && (
        <Text span c="var(--mantine-color-error)" aria-hidden="true">
          {' *'}
        </Text>
      )}
    </Text>
  );
}

/** What an item is before something is typed. */
function firstOf(schema: JsonSchema): unknown {
  return schema.enum?.[0] ?? (schema.type === 'boolean' ? false : emptyOf(schema));
}

/** What is left of an item when what was typed is taken away: it keeps its place in the list. */
function emptyOf(schema: JsonSchema): unknown {
  const kind = kindOf(schema);
  return kind === 'text' ? '' : kind === 'group' ? {} : kind === 'list' ? [] : null;
}
