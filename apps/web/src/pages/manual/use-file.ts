import { useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { failureOf } from '../../api/failure.ts';

/** Why something that was dropped, pasted or chosen is not a text; `name` is that of the file, where it is about one. */
export type FileRefusal =
  | { why: 'several' | 'folder' }
  | { why: 'empty' | 'zip'; name: string }
  | { why: 'unreadable'; name: string; error: unknown };

/** What a zip begins with. */
const ZIP = 'PK\x03\x04';

/** Reads files that a person hands over, anywhere on the page. What is no text is said, and nothing else happens. */
export function useFile(onText: (text: string, fileName: string) => void) {
  const api = useApi();
  const [refusal, setRefusal] = useState<FileRefusal>();
  const [isOver, setIsOver] = useState(false);
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  async function read(file: File) {
    current.current?.abort();
    const control = new AbortController();
    current.current = control;
    const { signal } = control;
    setRefusal(undefined);
    const { name } = file;
    try {
      // It may be far larger than what the server would look at.
      if ((await file.slice(0, ZIP.length).text()) === ZIP) {
        if (!signal.aborted) setRefusal({ why: 'zip', name });
        return;
      }
      const response = await api.fetch('v1/text', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
        signal,
      });
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw failureOf(response.status, answer);
      const { text } = answer as { text: string };
      if (signal.aborted) return;
      if (text.trim() === '') setRefusal({ why: 'empty', name });
      else onText(text, name);
    } catch (error) {
      if (!signal.aborted) setRefusal({ why: 'unreadable', name, error });
    }
  }

  function take({ items, files }: DataTransfer) {
    const [file, another] = files;
    if (file === undefined) return;
    if (another !== undefined) setRefusal({ why: 'several' });
    else if (items[0]?.webkitGetAsEntry()?.isDirectory === true) setRefusal({ why: 'folder' });
    else void read(file);
  }

  const taken = useRef(take);
  useEffect(() => {
    taken.current = take;
  });
  useEffect(() => {
    // Wherever on the page it falls, and before the editor puts it where the cursor is: else the browser goes to the file.
    const onDrag = (event: DragEvent) => {
      const hasFiles = event.dataTransfer?.types.includes('Files') === true;
      if (hasFiles) event.preventDefault();
      setIsOver(hasFiles);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onTransfer = (event: Event, transfer: DataTransfer | null) => {
      setIsOver(false);
      // What comes with a text, such as the picture of cells of a table, is meant as the text.
      if (transfer === null || transfer.files.length === 0 || transfer.getData('text/plain') !== '') return;
      event.preventDefault();
      event.stopPropagation();
      taken.current(transfer);
    };
    const onDrop = (event: DragEvent) => onTransfer(event, event.dataTransfer);
    const onPaste = (event: ClipboardEvent) => onTransfer(event, event.clipboardData);
    window.addEventListener('dragover', onDrag);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop, true);
    window.addEventListener('paste', onPaste, true);
    return () => {
      window.removeEventListener('dragover', onDrag);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop, true);
      window.removeEventListener('paste', onPaste, true);
    };
  }, []);

  return { read, isOver, refusal, forget: () => setRefusal(undefined) };
}
