import { useSyncExternalStore } from 'react';
import { useLanguage } from './language.tsx';
import { ManualPage } from './manual/manual-page.tsx';
import { ToolsPage } from './tools/tools-page.tsx';

/** Every page in the order of the navigation; its id is its title among the texts and the fragment of its address. */
const PAGES = [
  { id: 'manual', Page: ManualPage },
  { id: 'tools', Page: ToolsPage },
] as const;

/** Header, navigation and the page that the address names. Pages stay mounted, so that switching loses no work. */
export function App() {
  const { say, switchLanguage } = useLanguage();
  const fragment = useSyncExternalStore(onFragment, () => location.hash.slice(1));
  const current = PAGES.some(({ id }) => id === fragment) ? fragment : PAGES[0].id;

  return (
    <>
      <header>
        <p className="brand">
          cozecut <span className="fine">{say('tagline')}</span>
        </p>
        <nav aria-label={say('navigation')}>
          {PAGES.map(({ id }) => (
            <a key={id} href={`#${id}`} aria-current={id === current ? 'page' : undefined}>
              {say(id)}
            </a>
          ))}
        </nav>
        <button type="button" className="quiet" onClick={switchLanguage}>
          {say('otherLanguage')}
        </button>
      </header>
      {PAGES.map(({ id, Page }) => (
        <main key={id} hidden={id !== current}>
          <h1>{say(id)}</h1>
          <Page />
        </main>
      ))}
    </>
  );
}

function onFragment(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
