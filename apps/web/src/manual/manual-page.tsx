import { type DragEvent, type FormEvent, useState } from 'react';
import { useLanguage } from '../language.tsx';
import { useTools } from '../tools/use-tools.ts';
import { Result } from './result.tsx';
import { useDrafts } from './use-drafts.ts';

/** What the schema of the tool allows for a field; nothing while it is not known. */
function useOptions(field: string): string[] {
  const tools = useTools();
  if (!Array.isArray(tools)) return [];
  const tool = tools.find(({ name }) => name === 'generate_draft');
  return tool?.fields.find(({ name }) => name === field)?.options ?? [];
}

/** Manual mode: a form for an export, and what became of it. */
export function ManualPage() {
  const { say } = useLanguage();
  const [content, setContent] = useState('');
  const [timeUnit, setTimeUnit] = useState('');
  const [profile, setProfile] = useState('');
  const profiles = useOptions('profile');
  const [isOver, setIsOver] = useState(false);
  const [making, make] = useDrafts();
  const isSending = making.phase === 'sending';

  async function read(file: File | undefined) {
    if (file) setContent(await file.text());
  }

  function onDrop(event: DragEvent) {
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    void read(file);
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    make({ content, ...(timeUnit && { time_unit: timeUnit }), ...(profile && { profile }) });
  }

  return (
    <>
      <form onSubmit={onSubmit}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same for the keyboard */}
        <div
          className={isOver ? 'drop over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={onDrop}
        >
          <p id="intro">{say('manualIntro')}</p>
          <label>
            {say('content')}
            <textarea
              value={content}
              onChange={(event) => setContent(event.target.value)}
              aria-describedby="intro"
              placeholder='{"drafts": [ … ]}'
              rows={12}
              spellCheck={false}
              required
            />
          </label>
          <label className="button quiet file">
            {say('chooseFile')}
            <input
              type="file"
              accept=".json,.txt,application/json"
              onChange={(event) => {
                void read(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </label>
        </div>
        <div className="row">
          <label>
            {say('timeUnit')}
            <select value={timeUnit} onChange={(event) => setTimeUnit(event.target.value)}>
              <option value="">{say('unitAuto')}</option>
              <option value="s">{say('unitS')}</option>
              <option value="ms">{say('unitMs')}</option>
              <option value="us">{say('unitUs')}</option>
            </select>
          </label>
          <label>
            {say('profile')}
            <select value={profile} onChange={(event) => setProfile(event.target.value)}>
              <option value="">{say('profileDefault')}</option>
              {profiles.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
          <button type="submit" disabled={isSending}>
            {say('makeDraft')}
          </button>
        </div>
      </form>
      <Result making={making} />
    </>
  );
}
