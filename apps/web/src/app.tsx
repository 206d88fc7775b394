import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from 'wouter';
import { ApiProvider } from './api/api-context.tsx';
import { Failure } from './api/failure.ts';
import { KeptProvider } from './kept.tsx';
import { LanguageProvider } from './language/language.tsx';
import { MakingProvider } from './pages/manual/making.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, theme } from './theme.ts';
import { usePageLocation } from './use-page-location.ts';

const LITTLE_MS = 250;

/** The page with everything around it. Addresses are in the fragment, so that any base path works. */
export function App() {
  const [queries] = useState(createQueries);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <ApiProvider>
            <KeptProvider>
              <MakingProvider>
                <Router hook={usePageLocation}>
                  <Shell />
                </Router>
              </MakingProvider>
            </KeptProvider>
          </ApiProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

/**
 * What the server refuses it refuses again; only an answer that did not come is asked for once more. When it has had
 * enough of us, what is shown is asked for after the time that it names.
 */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 1 && error instanceof Failure && error.status === 0,
        refetchInterval: ({ state: { error } }) =>
          error instanceof Failure && error.againAt !== undefined
            ? Math.max(LITTLE_MS, error.againAt - Date.now())
            : false,
        staleTime: 2_000,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
