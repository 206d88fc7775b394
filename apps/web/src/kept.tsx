import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useAuth } from './api/api-context.tsx';

const KeptContext = createContext<Map<string, unknown> | undefined>(undefined);

/** Holds what a person has typed while they look at another page; it is gone with the tab, or when they sign out. */
export function KeptProvider({ children }: { children: ReactNode }) {
  const { visits } = useAuth();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visit has its own
  const kept = useMemo(() => new Map<string, unknown>(), [visits]);
  return <KeptContext value={kept}>{children}</KeptContext>;
}

/** State that outlives its page. `key` names it for all pages. A new value may be made of the one that is there by then. */
export function useKept<Value>(
  key: string,
  initial: Value,
): [Value, (next: Value | ((now: Value) => Value)) => void] {
  const kept = useContext(KeptContext);
  if (kept === undefined) throw new Error('useKept is used outside of KeptProvider');
  const now = () => (kept.has(key) ? (kept.get(key) as Value) : initial);
  const [value, setValue] = useState(now);
  return [
    value,
    (next) => {
      kept.set(key, next instanceof Function ? next(now()) : next);
      setValue(now);
    },
  ];
}
