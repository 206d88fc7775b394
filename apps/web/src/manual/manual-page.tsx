import { type DragEvent, type FormEvent, useState } from 'react';
import { useLanguage } from '../language.tsx';
import { Result } from './result.tsx';
import { useDrafts } from './use-drafts.ts';

/** What a draft can be made for, by profile id. */
const PROFILES = {
  'jianying-5.9-win': '剪映 JianYing 5.9 · Windows',
  'jianying-6-10-win': '剪映 JianYing 6–10 · Windows',
  'jianying-11-win': '剪映 JianYing 11 · Windows',
  'jianying-11-mac': '剪映 JianYing 11 · macOS',
  'capcut-win': 'CapCut · Windows',
  'capcut-mac': 'CapCut · macOS',
};

/** Manual mode: a form for an export, and what became of it. */
export function ManualPage() {
  const { say } = useLanguage();
  const [content, setContent] = useState('');
  const [timeUnit, setTimeUnit] = useState('');
  const [profile, setProfile] = useState('');
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
              {Object.entries(PROFILES).map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
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
