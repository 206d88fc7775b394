import { closest } from '@cozecut/problems';
import { child } from '../../source/node.ts';
import { fixOf, removeKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { isTrue, parametersOf, textAt } from '../spot.ts';
import type { Context, Spot } from '../types.ts';
import { reportMisreads } from './misread.ts';

const PLACES = ['path', 'query', 'header', 'cookie'];

/** Styles that each place of a parameter can have; deepObject only with explode. */
const STYLES: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** A parameter travels in the query, a header or the path, in a style that fits there. */
export const cz112 = defineRule(
  {
    id: 'CZ112',
    title: 'A parameter is in query, header or path, with a style that fits',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: (context) => reportMisreads('CZ112', context),
    parameter: checkPlace,
    leave: { operation: checkCookies },
  },
);

function checkPlace({ node, path, prefix }: Spot, { document, report }: Context): void {
  const place = textAt(node, 'in');
  if (!PLACES.includes(place)) {
    report({
      path: [...path, 'in'],
      message: `"in" must be query, header or path (got ${place === '' ? 'nothing' : `"${place}"`})`,
      suggestions: closest(place, PLACES),
      ...(place === 'body' || place === 'formData' ? { hint: 'The body is described by requestBody' } : {}),
      predicted: `${prefix}parameter can't have 'in' value ${quote(place)}`,
    });
    return;
  }
  const fallback = place === 'path' || place === 'header' ? 'simple' : 'form';
  const style = textAt(node, 'style') || fallback;
  const explode = child(node, 'explode') === undefined ? fallback === 'form' : isTrue(node, 'explode');
  if (STYLES[place]!.includes(style) && (style !== 'deepObject' || explode)) return;
  const name = textAt(node, 'name');
  report({
    path: [...path, 'style'],
    message: `a ${place} parameter cannot have style ${style}${style === 'deepObject' ? ' without explode' : ''}`,
    hint: `Possible: ${STYLES[place]!.join(', ')}`,
    predicted: `${prefix}parameter ${quote(name)} schema is invalid: serialization method with style=${quote(style)} and explode=${explode} is not supported by a ${place} parameter`,
    fix: STYLES[place]!.includes(style)
      ? undefined
      : fixOf('Remove the style', removeKey(document, node, 'style')),
  });
}

/** Cookies pass the import; listing the tools does not know them. */
function checkCookies(spot: Spot, { document, report }: Context): void {
  for (const { node, path } of parametersOf(document, spot)) {
    if (textAt(node, 'in') !== 'cookie') continue;
    const name = textAt(node, 'name');
    report({
      path: [...path, 'in'],
      message: `"in" must be query, header or path (got "cookie")`,
      stage: 'tools',
      predicted: `the location 'cookie' of field '${name}' is invalid`,
      phase: 'tools',
      operation: `${spot.key.toUpperCase()} ${String(spot.path[1])}`,
    });
  }
}
