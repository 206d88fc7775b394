import { Component, type ReactNode } from 'react';
import { Failure } from '../api/failure.ts';
import { useTexts } from '../language/language.tsx';
import { PageMissing } from '../page-missing.ts';
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
  const told = error instanceof PageMissing ? say('pageMissing') : String(error);
  return (
    <Failed
      error={new Failure({ status: -1, message: told })}
      title={say('pageBroken')}
      onRetry={() => location.reload()}
    />
  );
}
