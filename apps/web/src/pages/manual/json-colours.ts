import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

const KEY = Decoration.mark({ class: 'json-key' });
const TEXT = Decoration.mark({ class: 'json-text' });
const WORD = Decoration.mark({ class: 'json-word' });

const tokens = new MatchDecorator({
  regexp: /"(?:[^"\\]|\\.)*"(\s*:)?|-?\b\d[\d.eE+-]*\b|\b(?:true|false|null)\b/g,
  decoration: ([token, colon]) => (!token.startsWith('"') ? WORD : colon === undefined ? TEXT : KEY),
});

/** Colours for the parts of JSON, by the variables of the page: light and dark change without the editor. */
export const jsonColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = tokens.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = tokens.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);
