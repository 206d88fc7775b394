import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { useScheme } from '../../use-scheme.ts';
import { loadScalar } from './load-scalar.ts';
import { mendControls } from './mend-controls.ts';
import { READABLE } from './scalar-colours.ts';
import { TEXTS } from './texts.ts';

/** The documents of this server, to be read and tried. */
export default function ReferencePage() {
  const say = useTexts(TEXTS);
  const { locale } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const scheme = useScheme();
  const [state, setState] = useState<'loading' | 'shown' | { error: unknown }>('loading');
  const [tools, server, coze] = [say('tools'), say('server'), say('coze')];
  const [search, copy] = [say('search'), say('copy')];

  useEffect(() => {
    let reference: { destroy(): void } | undefined;
    let isGone = false;
    const leave = mendControls(place.current!, { search, copy });
    loadScalar().then(
      (scalar) => {
        if (isGone || place.current === null) return;
        reference = scalar.createApiReference(place.current, {
          // The small one first: the others are read when they are chosen.
          sources: [
            { title: server, slug: 'server', url: documentUrl('server', locale) },
            { title: tools, slug: 'tools', url: documentUrl('full', locale) },
            { title: coze, slug: 'coze', url: documentUrl('coze', locale) },
          ],
          // Nothing is fetched from anywhere else, and nobody is told of anything.
          withDefaultFonts: false,
          telemetry: false,
          agent: { disabled: true },
          mcp: { disabled: true },
          hideClientButton: true,
          showDeveloperTools: 'never',
          forceDarkModeState: scheme,
          hideDarkModeToggle: true,
          customCss: READABLE,
          defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
        });
        setState('shown');
      },
      (error: unknown) => {
        if (!isGone) setState({ error });
      },
    );
    return () => {
      isGone = true;
      leave();
      reference?.destroy();
    };
  }, [scheme, tools, server, coze, search, copy, locale]);

  return (
    <>
      <VisuallyHidden>
        <h1>{say('title')}</h1>
      </VisuallyHidden>
      {state === 'loading' && <Loading />}
      {typeof state === 'object' && <Failed error={state.error} />}
      <div className="reference" ref={place} />
    </>
  );
}

/** Scalar itself has one language; the texts of the plugin are in that of the page. */
function documentUrl(profile: string, locale: string): string {
  return new URL(`openapi.json?profile=${profile}&texts=${locale}`, new URL('.', document.baseURI)).href;
}
