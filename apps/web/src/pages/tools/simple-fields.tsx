import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { JsonSchema } from '../../api/use-tools.ts';
import { useTexts } from '../../language/language.tsx';
import { mistakeIn } from './json-mistake.ts';
import { TEXTS } from './texts.ts';

/** What every kind of field is told. */
export interface FieldProps {
  name: string;
  /** Where it is in the input, such as `captions/0/style`. */
  place: string;
  schema: JsonSchema;
  isRequired: boolean;
  value: unknown;
  /** Nothing means that the field is left out. */
  onChange: (value: unknown) => void;
  /** Whether what is typed at a place, such as `captions/0/style`, cannot be sent. */
  onBroken: (place: string, isBroken: boolean) => void;
}

function labelsOf({ name, schema, isRequired }: FieldProps) {
  return {
    label: name,
    description: schema.description,
    withAsterisk: isRequired,
    required: isRequired,
  };
}

/** A text. */
export function TextField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const isLong = (schema.maxLength ?? Number.POSITIVE_INFINITY) > 200;
  const placeholder = schema.default === undefined ? undefined : String(schema.default);
  const common = {
    ...labelsOf(props),
    placeholder,
    value: value === undefined ? '' : String(value),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value),
  };
  return isLong ? <Textarea {...common} autosize minRows={1} maxRows={12} /> : <TextInput {...common} />;
}

/** A number. */
export function NumberField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const isWhole = schema.type === 'integer';
  return (
    <NumberInput
      {...labelsOf(props)}
      placeholder={schema.default === undefined ? '' : String(schema.default)}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      allowDecimal={!isWhole}
      {...(schema.minimum !== undefined && { min: schema.minimum })}
      {...(schema.maximum !== undefined && { max: schema.maximum })}
      clampBehavior="none"
      hideControls={!isWhole}
    />
  );
}

/** One of some values. */
export function ChoiceField(props: FieldProps & { values: readonly unknown[] }) {
  const say = useTexts(TEXTS);
  const { values, value, onChange, schema } = props;
  const words = (one: unknown) => (one === true ? say('yes') : one === false ? say('no') : String(one));
  const unset = schema.default === undefined ? say('notSet') : `${say('notSet')} (${words(schema.default)})`;
  return (
    <NativeSelect
      {...labelsOf(props)}
      value={values.indexOf(value)}
      onChange={(event) => onChange(values[Number(event.currentTarget.value)])}
      data={[
        { value: '-1', label: unset },
        ...values.map((one, index) => ({ value: String(index), label: words(one) })),
      ]}
    />
  );
}

/** What has a form of its own, typed as JSON. */
export function JsonField(props: FieldProps) {
  const say = useTexts(TEXTS);
  const { value, onChange, onBroken, place } = props;
  const forget = useRef(() => {});
  forget.current = () => onBroken(place, false);
  // What is taken away is not in the way of the rest.
  useEffect(() => () => forget.current(), []);
  const [typed, setTyped] = useState<string>();
  const [mistake, setMistake] = useState<unknown>();
  const onType = (text: string) => {
    setTyped(text);
    try {
      onChange(text.trim() === '' ? undefined : JSON.parse(text));
      setMistake(undefined);
      onBroken(place, false);
    } catch (error) {
      setMistake(error);
      onBroken(place, true);
    }
  };
  // What was typed keeps its form for as long as it means the value.
  const isMeant = typed !== undefined && (mistake !== undefined || meaning(typed) === JSON.stringify(value));
  const text = isMeant ? typed : value === undefined ? '' : JSON.stringify(value, null, 2);
  return (
    <Textarea
      {...labelsOf(props)}
      placeholder={props.schema.type === 'array' ? '[ … ]' : '{ … }'}
      value={text}
      onChange={(event) => onType(event.currentTarget.value)}
      error={mistake !== undefined && say('valueBroken', { why: mistakeIn(text, mistake, say) })}
      autosize
      minRows={2}
      maxRows={16}
      spellCheck={false}
      classNames={{ input: 'mono' }}
    />
  );
}

function meaning(text: string): string | undefined {
  return text.trim() === '' ? undefined : JSON.stringify(JSON.parse(text));
}
