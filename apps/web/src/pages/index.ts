import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { IconName } from '../icons.tsx';
import { fetched } from '../page-missing.ts';

/** A page of the navigation. Its id is the first part of its address, its icon, and its title among the texts of the shell. */
export interface PageEntry {
  id: 'manual' | 'drafts' | 'local' | 'sessions' | 'calls' | 'tools' | 'connect' | 'keys' | 'reference';
  group: 'make' | 'run' | 'build';
  /** Fetched when it is looked at. Its own addresses are below `/id`. */
  Page: LazyExoticComponent<ComponentType>;
}

/** Every page in the order of the navigation; the first is where one begins. */
export const PAGES = [
  { id: 'manual', group: 'make', Page: lazy(() => fetched(import('./manual/page.tsx'))) },
  { id: 'drafts', group: 'make', Page: lazy(() => fetched(import('./drafts/page.tsx'))) },
  { id: 'local', group: 'run', Page: lazy(() => fetched(import('./local/page.tsx'))) },
  { id: 'sessions', group: 'run', Page: lazy(() => fetched(import('./sessions/page.tsx'))) },
  { id: 'calls', group: 'run', Page: lazy(() => fetched(import('./calls/page.tsx'))) },
  { id: 'tools', group: 'build', Page: lazy(() => fetched(import('./tools/page.tsx'))) },
  { id: 'connect', group: 'build', Page: lazy(() => fetched(import('./connect/page.tsx'))) },
  { id: 'keys', group: 'build', Page: lazy(() => fetched(import('./keys/page.tsx'))) },
  { id: 'reference', group: 'build', Page: lazy(() => fetched(import('./reference/page.tsx'))) },
] as const satisfies readonly (PageEntry & { id: IconName })[];
