import { useHashLocation } from 'wouter/use-hash-location';

/** The page that keeps addresses of its own in the fragment, such as `#tag/drafts`. */
const FOREIGN = '/reference';

/** Addresses of pages are fragments that begin with `#/`; every other fragment belongs to the API reference. */
export function usePageLocation(options?: { ssrPath?: string }): ReturnType<typeof useHashLocation> {
  const [path, navigate] = useHashLocation(options);
  const fragment = location.hash;
  return [fragment === '' || fragment.startsWith('#/') ? path : FOREIGN, go];

  /** Where one comes by a link one begins at the top; the way back leads to where one was. */
  function go(...to: Parameters<typeof navigate>): void {
    navigate(...to);
    window.scrollTo(0, 0);
  }
}
/** What a link to a page has in its `href`. */
usePageLocation.hrefs = (path: string): string => `#${path}`;
