import { timelineJsonSchema } from '@cozecut/draft-core';
import { branchesOf, defaultText, type Schema, tableRow, typeName } from './schema-words.ts';

const INTRO = `<!-- Made by \`npm run generate -w tools\`; a change here is lost. -->

# draft-timeline/1

Every key of a timeline, made from the schema that timelines are checked with. \`cozecut draft schema\` prints that
schema. [The guide](../guides/timeline.md) explains the ideas and has examples.

- A time is a number in the \`timeUnit\` of the timeline, or text with a unit of its own: \`250ms\`, \`1.5s\`,
  \`1h2m3s\`, \`00:01:02.500\`. Times are kept in whole microseconds.
- A place is in half-canvas units from the centre: x to the right, y up; 1 is the edge.
- Angles are degrees clockwise. Colours are \`#RRGGBB\` or \`#RRGGBBAA\`.

A required key is marked with \\*. No other keys are allowed.
`;

/** The reference page of timelines. */
export function timelineReference(): string {
  const sections = new Sections();
  sections.add('Timeline', timelineJsonSchema());
  return `${[INTRO, ...sections.texts].join('\n').trimEnd()}\n`;
}

/** One table for each kind of map, however often it is used. */
class Sections {
  readonly texts: string[] = [];
  readonly #titles = new Map<string, string>();

  /** Adds the table of a map and those of the maps in it, and gives a link to it. */
  add(path: string, schema: Schema): string {
    const kind = JSON.stringify([schema.properties, schema.required]);
    let title = this.#titles.get(kind);
    if (title === undefined) {
      title = path;
      this.#titles.set(kind, title);
      // The place is taken before the maps inside of it are added.
      const place = this.texts.push('') - 1;
      this.texts[place] = this.#table(title, schema);
    }
    return `[map](#${anchorOf(title)})`;
  }

  #table(title: string, { properties = {}, required = [] }: Schema): string {
    const below = title === 'Timeline' ? '' : `${title}.`;
    const rows = Object.entries(properties as Record<string, Schema>).map(([key, schema]) =>
      tableRow([
        `\`${key}\`${(required as string[]).includes(key) ? ' \\*' : ''}`,
        this.#type(`${below}${key}`, schema),
        defaultText(schema.default),
        String(schema.description ?? ''),
      ]),
    );
    return [
      `## \`${title}\``,
      '',
      '| key | type | default | description |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
  }

  #type(path: string, schema: Schema): string {
    if (schema.type === 'array' && schema.items !== undefined) {
      return `list of ${this.#type(`${path}[]`, schema.items as Schema)}`;
    }
    const maps = branchesOf(schema).filter(({ properties }) => properties !== undefined);
    if (maps.length > 0) return maps.map((map) => this.#branch(path, map)).join(' or ');
    return schema.properties === undefined ? typeName(schema) : this.add(path, schema);
  }

  /** One of several maps is named after its type, or else after its first key. */
  #branch(path: string, schema: Schema): string {
    const properties = schema.properties as Record<string, Schema>;
    const name = String(properties.type?.const ?? Object.keys(properties)[0]);
    return this.add(`${path}(${name})`, schema).replace('[map]', `[${name}]`);
  }
}

/** The anchor that hosts of Markdown make of a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
