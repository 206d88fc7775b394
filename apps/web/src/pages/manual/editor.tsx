import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment } from '@codemirror/state';
import { EditorView, lineNumbers, placeholder, type ViewUpdate } from '@codemirror/view';
import { minimalSetup } from 'codemirror';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTold } from '../../language/told.ts';
import type { PlacedFinding } from '../../parts/findings.tsx';
import { diagnosticsOf } from './diagnostics.ts';
import { jsonColours } from './json-colours.ts';

/** Marks a change that the page has made, and not who types. */
const byPage = Annotation.define<true>();

/** What the page does to the editor. */
export interface EditorHandle {
  /** Puts the cursor at a line and column, both counted from 1. */
  goTo(line: number, column: number): void;
}

const theme = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: '13px',
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
  },
  // Drawn over what is inside: the lines and their numbers have grounds of their own.
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused::after': {
    content: '""',
    position: 'absolute',
    inset: 0,
    zIndex: 300,
    pointerEvents: 'none',
    borderRadius: 'inherit',
    boxShadow: 'inset 0 0 0 2px var(--mantine-primary-color-filled)',
  },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-gutters': {
    backgroundColor: 'var(--page-ground)',
    color: 'var(--mantine-color-dimmed)',
    borderRight: '1px solid var(--page-line)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--mantine-primary-color-light-hover) !important',
  },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--page-line)',
    maxWidth: '34rem',
  },
});

/** Whether something else was put in the place of the whole text; what comes back is nothing else. */
function isReplaced({ changes, startState, transactions }: ViewUpdate): boolean {
  if (transactions.some((one) => one.isUserEvent('undo') || one.isUserEvent('redo'))) return false;
  let isWhole = false;
  changes.iterChangedRanges((from, to) => {
    isWhole ||= from === 0 && to === startState.doc.length;
  });
  return isWhole;
}

/** The text, with its findings at their lines. Tab leaves it, as it leaves every field. */
export function Editor(props: {
  value: string;
  /** `isOther`: nothing of the text before is left. */
  onChange: (value: string, isOther: boolean) => void;
  findings: readonly PlacedFinding[];
  label: string;
  hint: string;
  handle: Ref<EditorHandle>;
}) {
  const { value, findings, label, hint } = props;
  const told = useTold();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  const words = useRef(new Compartment());

  // biome-ignore lint/correctness/useExhaustiveDependencies: one editor for the life of the page; what changes is told to it below
  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      doc: value,
      extensions: [
        minimalSetup,
        lineNumbers(),
        lintGutter(),
        EditorView.lineWrapping,
        jsonColours,
        theme,
        words.current.of([]),
        EditorView.updateListener.of((update) => {
          // What the page has put in, it knows.
          if (!update.docChanged || update.transactions.some((one) => one.annotation(byPage))) return;
          onChange.current(update.state.doc.toString(), isReplaced(update));
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const extensions = [
      placeholder(hint),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ];
    view.current?.dispatch({ effects: words.current.reconfigure(extensions) });
  }, [label, hint]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: byPage.of(true),
    });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined)
      editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, findings, told)));
  }, [findings, told]);

  useImperativeHandle(props.handle, () => ({
    goTo(line, column) {
      const editor = view.current;
      if (editor === undefined || line > editor.state.doc.lines) return;
      const { from, to } = editor.state.doc.line(line);
      const at = Math.min(from + column - 1, to);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      editor.focus();
    },
  }));
  return <div ref={place} style={{ height: '100%', minHeight: 0 }} />;
}
