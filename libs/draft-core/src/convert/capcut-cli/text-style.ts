import type { ClipOf } from '../../timeline/schema.ts';
import { borderPercent } from '../border.ts';
import { readColor } from '../color.ts';
import type { Fields } from '../fields.ts';
import { defined, tidy } from '../values.ts';

type Style = NonNullable<ClipOf<'text'>['style']>;

/** Keys of the style of a text. */
export const STYLE_KEYS: readonly string[] = [
  ...['alpha', 'vertical', 'fixedWidth', 'fixedHeight', 'borderWidth', 'borderColor', 'borderAlpha'],
  ...['shadow', 'shadowAlpha', 'shadowAngle', 'shadowColor', 'shadowDistance', 'shadowSmoothing'],
  ...['bgColor', 'bgAlpha', 'bgStyle', 'bgRoundRadius', 'bgWidth', 'bgHeight', 'bgHOffset', 'bgVOffset'],
];

/** Reads the style of a text. The tool writes its values into the draft as they are, so they are draft values. */
export function readTextStyle(fields: Fields): Style {
  const fixedWidth = fields.number('fixedWidth');
  // More than 1 is pixels of a canvas that the app decides on.
  if (fixedWidth !== undefined && fixedWidth > 1) fields.drop('fixedWidth');
  const isShare = fixedWidth !== undefined && fixedWidth > 0 && fixedWidth <= 1;
  const hasBorder = ['borderWidth', 'borderColor', 'borderAlpha'].some((key) => fields.has(key));
  const hasBackground = STYLE_KEYS.some((key) => key.startsWith('bg') && fields.has(key));
  return defined<Style>({
    opacity: fields.number('alpha'),
    vertical: fields.flag('vertical') || undefined,
    maxLineWidth: isShare ? fixedWidth : undefined,
    autoWrap: isShare ? true : undefined,
    border: hasBorder ? readBorder(fields) : undefined,
    background: hasBackground ? readBackground(fields) : undefined,
    shadow: readShadow(fields),
  });
}

function readBorder(fields: Fields): Style['border'] {
  return defined({
    color: colorOf(fields, 'borderColor') ?? '#000000',
    opacity: fields.number('borderAlpha'),
    width: borderPercent(fields.number('borderWidth') ?? 0),
  });
}

function readBackground(fields: Fields): NonNullable<Style['background']> {
  const style = fields.number('bgStyle');
  // The draft counts offsets from -1 to 1, a timeline from 0 to 1.
  const offset = (key: string): number | undefined => {
    const value = fields.number(key);
    return value === undefined ? undefined : tidy((value + 1) / 2);
  };
  return defined<NonNullable<Style['background']>>({
    color: colorOf(fields, 'bgColor') ?? '#000000',
    style: style === 1 || style === 2 ? style : undefined,
    opacity: fields.number('bgAlpha'),
    roundRadius: fields.number('bgRoundRadius'),
    width: fields.number('bgWidth'),
    height: fields.number('bgHeight'),
    horizontalOffset: offset('bgHOffset'),
    verticalOffset: offset('bgVOffset'),
  });
}

function readShadow(fields: Fields): Style['shadow'] {
  const isOn = fields.flag('shadow') === true;
  const smoothing = fields.number('shadowSmoothing');
  const shadow = defined<NonNullable<Style['shadow']>>({
    color: colorOf(fields, 'shadowColor'),
    opacity: fields.number('shadowAlpha'),
    angle: fields.number('shadowAngle'),
    distance: fields.number('shadowDistance'),
    diffuse: smoothing === undefined ? undefined : tidy(smoothing * 100),
  });
  return isOn ? shadow : undefined;
}

function colorOf(fields: Fields, key: string): string | undefined {
  const text = fields.text(key);
  if (text === undefined) return undefined;
  const color = readColor(text);
  if (color === undefined) fields.complain('must be a colour such as #FFD700', text, key);
  return color;
}
