import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JsonSchema } from '../../api/use-tools.ts';
import { useTexts } from '../../language/language.tsx';
import { TEXTS } from './texts.ts';

interface FieldProps {
  name: string;
  schema: JsonSchema;
  isRequired: boolean;
  value: unknown;
  /** Nothing means that the field is left out. */
  onChange: (value: unknown) => void;
  /** Whether what is typed cannot be sent. */
  onBroken: (isBroken: boolean) => void;
}

/** One field of a form, by its schema; what has parts of its own is typed as JSON. */
export function Field(props: FieldProps) {
  const { schema, value } = props;
  const kind = kindOf(schema);
  // An example may hold what the kind of field cannot show.
  const isShowable = value === undefined || typeof value !== 'object';
  if (kind === 'json' || !isShowable) return <JsonField {...props} />;
  if (kind === 'choice') return <ChoiceField {...props} values={schema.enum ?? [true, false]} />;
  if (kind === 'number') return <NumberField {...props} />;
  return <TextField {...props} />;
}

function kindOf({ type, enum: values }: JsonSchema): 'choice' | 'number' | 'text' | 'json' {
  const types = [type ?? []].flat();
  if (values !== undefined || (types.length === 1 && types[0] === 'boolean')) return 'choice';
  if (types.length === 1 && (types[0] === 'number' || types[0] === 'integer')) return 'number';
  // A field that takes a text as well as something else is typed as text.
  return types.includes('string') ? 'text' : 'json';
}

function labelsOf({ name, schema, isRequired }: FieldProps) {
  return {
    label: name,
    description: schema.description,
    withAsterisk: isRequired,
    required: isRequired,
  };
}

function TextField(props: FieldProps) {
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

function NumberField(props: FieldProps) {
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

function ChoiceField(props: FieldProps & { values: readonly unknown[] }) {
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

function JsonField(props: FieldProps) {
  const say = useTexts(TEXTS);
  const { value, onChange, onBroken } = props;
  const [typed, setTyped] = useState<string>();
  const [why, setWhy] = useState<string>();
  const onType = (text: string) => {
    setTyped(text);
    try {
      onChange(text.trim() === '' ? undefined : JSON.parse(text));
      setWhy(undefined);
      onBroken(false);
    } catch (error) {
      setWhy((error as Error).message);
      onBroken(true);
    }
  };
  // What was typed keeps its form for as long as it means the value.
  const isMeant = typed !== undefined && (why !== undefined || meaning(typed) === JSON.stringify(value));
  const text = isMeant ? typed : value === undefined ? '' : JSON.stringify(value, null, 2);
  return (
    <Textarea
      {...labelsOf(props)}
      placeholder={props.schema.type === 'array' ? '[ … ]' : '{ … }'}
      value={text}
      onChange={(event) => onType(event.currentTarget.value)}
      error={why === undefined ? undefined : say('valueBroken', { why })}
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
