import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { TEXTS } from './texts.ts';

/** This page. */
export default function Page() {
  const say = useTexts(TEXTS);
  return <PageHead title={say('title')} />;
}
