import { Component, type ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { Failed } from '../parts/failed.tsx';
import { TEXTS } from './texts.ts';

/** Keeps the navigation when a page cannot be loaded or breaks. */
export class PageGuard extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <BrokenPage error={this.state.error} />;
  }
}

function BrokenPage({ error }: { error: unknown }) {
  const say = useTexts(TEXTS);
  return <Failed error={error} title={say('pageBroken')} onRetry={() => location.reload()} />;
}
