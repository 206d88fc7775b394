import { useHashLocation } from 'wouter/use-hash-location';

/** The page that keeps addresses of its own in the fragment, such as `#tag/drafts`. */
const FOREIGN = '/reference';

/** Addresses of pages are fragments that begin with `#/`; every other fragment belongs to the API reference. */
export function usePageLocation(options?: { ssrPath?: string }): ReturnType<typeof useHashLocation> {
  const [path, navigate] = useHashLocation(options);
  const fragment = location.hash;
  return [fragment === '' || fragment.startsWith('#/') ? path : FOREIGN, navigate];
}
/** What a link to a page has in its `href`. */
usePageLocation.hrefs = (path: string): string => `#${path}`;
