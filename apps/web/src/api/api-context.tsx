import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { type Api, createApi } from './client.ts';

interface ApiState {
  api: Api;
  /** Whether the server wants a token that it has not been shown. */
  isStranger: boolean;
  hasToken: boolean;
  /** Whether it was shown one that it does not take. */
  wasRefused: boolean;
  /** Shows a token from now on; kept until the tab is closed, {@link ApiState.signOut}, or the server refuses it. */
  signIn(token: string): void;
  signOut(): void;
  /** How often somebody has signed out: what was typed before is not for whoever comes next. */
  visits: number;
}

const ApiContext = createContext<ApiState | undefined>(undefined);
const KEY = 'cozecut.token';

/** Gives the page its connection. Without authentication there is no token, and nothing is kept. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const token = useRef(sessionStorage.getItem(KEY) ?? undefined);
  const [hasToken, setHasToken] = useState(token.current !== undefined);
  const [isStranger, setIsStranger] = useState(false);
  const [wasRefused, setWasRefused] = useState(false);
  const [visits, setVisits] = useState(0);

  const state = useMemo(() => {
    const keep = (text: string | undefined) => {
      token.current = text;
      if (text === undefined) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, text);
      setHasToken(text !== undefined);
    };
    const onStranger = () => {
      if (token.current !== undefined) setWasRefused(true);
      keep(undefined);
      setIsStranger(true);
    };
    return {
      api: createApi({ token: () => token.current, onStranger }),
      signIn(text: string) {
        keep(text);
        setWasRefused(false);
        setIsStranger(false);
        void queries.resetQueries();
      },
      signOut() {
        keep(undefined);
        queries.clear();
        setIsStranger(true);
        setVisits((before) => before + 1);
      },
    };
  }, [queries]);
  return <ApiContext value={{ ...state, isStranger, hasToken, wasRefused, visits }}>{children}</ApiContext>;
}

/** The connection to the server, and whether it knows us. */
export function useAuth(): ApiState {
  const state = useContext(ApiContext);
  if (state === undefined) throw new Error('useAuth is used outside of ApiProvider');
  return state;
}

/** The connection to the server. */
export function useApi(): Api {
  return useAuth().api;
}
