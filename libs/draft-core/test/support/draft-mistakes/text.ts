import type { Loose } from '../draft-folder.ts';
import {
  captions,
  companion,
  type DraftMistake,
  inText,
  say,
  text,
  title,
  titles,
  wrapTitle,
} from './parts.ts';

/** Effect id of a decoration of the catalog. */
const FLOWER = '1127';
const decoration = (c: Loose): Loose =>
  companion(c, title(c), 'effects', { type: 'text_effect', effect_id: FLOWER, resource_id: '127' });

/** A minimal breaking draft for every rule about texts and captions. */
export const textMistakes: readonly DraftMistake[] = [
  {
    code: 'DR031',
    what: 'a layer of a template that refers to nothing',
    change: (c) => {
      wrapTitle(c).text_info_resources[0].extra_material_refs.push('gone');
    },
    fixable: true,
  },
  {
    code: 'DR038',
    what: 'a template whose text is missing',
    change: (c) => {
      wrapTitle(c).text_info_resources.push({ text_material_id: 'gone' });
    },
  },
  {
    code: 'DR038',
    what: 'a template without texts',
    change: (c) => {
      const shown = text(c);
      wrapTitle(c).text_info_resources = [];
      c.materials.texts = c.materials.texts.filter((one: object) => one !== shown);
    },
  },
  {
    code: 'DR039',
    what: 'two templates with one text',
    change: (c) => {
      const [first, second] = titles(c).segments;
      const former = second.material_id;
      second.material_id = first.material_id;
      wrapTitle(c, first);
      wrapTitle(c, second);
      c.materials.texts = c.materials.texts.filter(({ id }: { id: string }) => id !== former);
    },
  },
  {
    code: 'DR039',
    what: 'two templates whose layers have one id',
    change: (c) => {
      const layers = titles(c).segments.map(
        (segment: object) => wrapTitle(c, segment).text_info_resources[0],
      );
      layers[1].id = layers[0].id;
    },
  },
  {
    code: 'DR100',
    what: 'ranges in bytes',
    change: (c) =>
      inText(c, ({ styles }) => {
        for (const style of styles) style.range = style.range.map((at: number) => at * 2);
      }),
    fixable: true,
  },
  {
    code: 'DR100',
    what: 'ranges in code points',
    change: (c) =>
      inText(c, ({ styles, text: words }) => {
        styles.at(-1).range[1] = [...words].length;
      }),
    fixable: true,
  },
  {
    code: 'DR101',
    what: 'a gap between ranges',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].range[1] -= 2;
      }),
    fixable: true,
  },
  {
    code: 'DR101',
    what: 'ranges out of order',
    change: (c) => inText(c, ({ styles }) => void styles.reverse()),
    fixable: true,
  },
  {
    code: 'DR101',
    what: 'a character cut in two',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].range[1] = 7;
        styles[1].range[0] = 7;
      }),
    fixable: true,
  },
  {
    code: 'DR102',
    what: 'an empty text',
    change: (c) =>
      inText(c, (inner) => {
        inner.text = ' ';
        inner.styles = [{ ...inner.styles[0], range: [0, 1] }];
      }),
  },
  {
    code: 'DR103',
    what: 'decoration without its entry',
    change: (c) =>
      inText(c, ({ styles }) => {
        for (const style of styles) style.effectStyle = { id: '1', path: '' };
      }),
  },
  {
    code: 'DR103',
    what: 'decoration in one style only',
    change: (c) => {
      decoration(c);
      inText(c, ({ styles }) => {
        styles[0].effectStyle = { id: FLOWER, path: '' };
      });
    },
    fixable: true,
  },
  {
    code: 'DR103',
    what: 'two decorations',
    change: (c) => {
      decoration(c);
      inText(c, ({ styles }) => {
        styles[0].effectStyle = { id: '1', path: '' };
      });
    },
  },
  {
    code: 'DR103',
    what: 'decoration that nothing refers to',
    change: (c) => {
      decoration(c);
      title(c).extra_material_refs.pop();
      inText(c, ({ styles }) => {
        for (const style of styles) style.effectStyle = { id: FLOWER, path: '' };
      });
    },
    also: ['DR032'],
    fixable: true,
  },
  {
    code: 'DR104',
    what: 'a font that is gone',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].font = { id: '', path: './fonts/gone.ttf' };
      }),
  },
  {
    code: 'DR104',
    what: 'a font that nobody knows',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].font = { id: '404', path: 'C:/Users/somebody/fonts/gone.ttf' };
      }),
  },
  {
    code: 'DR105',
    what: 'a text that is no JSON',
    change: (c) => {
      text(c).content = 'Hello';
    },
  },
  {
    code: 'DR106',
    what: 'a colour out of range',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].fill.content.solid.color[0] = 255;
      }),
  },
  {
    code: 'DR106',
    what: 'a border that is too wide',
    change: (c) =>
      inText(c, ({ styles }) => {
        styles[0].strokes = [{ content: { solid: { alpha: 1, color: [0, 0, 0] } }, width: 0.21 }];
      }),
  },
  {
    code: 'DR107',
    what: 'an alignment of no kind',
    change: (c) => {
      text(c).alignment = 9;
    },
  },
  {
    code: 'DR110',
    what: 'a caption that is too fast',
    change: (c) => captions(c, () => say(c, '一二三四五六七八九十一二\n一二三四五六七八九十一二')),
  },
  {
    code: 'DR113',
    what: 'a gap that flickers',
    change: (c) =>
      captions(c, () => {
        title(c).target_timerange.duration -= 33_333;
      }),
    fixable: true,
  },
  {
    code: 'DR114',
    what: 'a long line',
    change: (c) => captions(c, () => say(c, '一二三四五六七八九十一二三四五六七八九')),
  },
  {
    code: 'DR114',
    what: 'a long line of words',
    change: (c) =>
      captions(c, () => {
        say(c, 'Almost everything that people ever say is said in rather long lines');
        title(c).target_timerange.duration = 4_000_000;
        titles(c).segments[1].target_timerange.start = 4_000_000;
      }),
    fixable: true,
  },
  { code: 'DR115', what: 'three lines', change: (c) => captions(c, () => say(c, 'a\nb\nc')) },
  {
    code: 'DR116',
    what: 'a short caption',
    change: (c) =>
      captions(c, () => {
        say(c, 'Hi');
        title(c).target_timerange.duration = 500_000;
      }),
  },
  {
    code: 'DR117',
    what: 'a long caption',
    change: (c) =>
      captions(c, () => {
        titles(c).segments[1].target_timerange.duration = 8_000_000;
        c.duration = 10_000_000;
      }),
    also: ['DR156'],
  },
  {
    code: 'DR118',
    what: 'a caption at the edge',
    change: (c) =>
      captions(c, () => {
        title(c).clip.transform.y = -0.95;
      }),
  },
  {
    code: 'DR108',
    what: 'a text that is wider than the canvas',
    change: (c) => say(c, 'wide '.repeat(40).trim()),
  },
  {
    code: 'DR111',
    what: 'captions that overlap',
    change: (c) =>
      captions(c, () => {
        title(c).target_timerange.duration += 500_000;
      }),
  },
  {
    code: 'DR111',
    what: 'captions that overlap by a rounding',
    change: (c) =>
      captions(c, () => {
        title(c).target_timerange.duration += 1;
      }),
    fixable: true,
  },
  {
    code: 'DR112',
    what: 'captions of two tracks at one place',
    change: (c) =>
      captions(c, () => {
        const [first, second] = titles(c).segments;
        const copy = structuredClone(titles(c));
        Object.assign(copy, { id: 'more-titles', name: 'more titles', segments: [second] });
        titles(c).segments = [first];
        Object.assign(second.target_timerange, { start: 1_000_000 });
        second.render_index = 15_001;
        c.tracks.push(copy);
      }),
  },
  {
    code: 'DR119',
    what: 'a caption with blanks at its end',
    change: (c) => captions(c, () => say(c, 'Hello  there ')),
    fixable: true,
  },
  {
    code: 'DR119',
    what: 'a caption of several styles with a doubled blank',
    change: (c) =>
      captions(c, () =>
        inText(c, (inner) => {
          inner.text = `ab  ${inner.text.slice(4)}`;
        }),
      ),
  },
];
