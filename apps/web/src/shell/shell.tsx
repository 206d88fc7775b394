import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect, useRef } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useAuth } from '../api/api-context.tsx';
import { useMe } from '../api/use-me.ts';
import { focusContent, keepFocus } from '../focus-content.ts';
import { useTexts } from '../language/language.tsx';
import { PAGES } from '../pages/index.ts';
import { Loading } from '../parts/loading.tsx';
import { HeaderActions } from './header-actions.tsx';
import { Navigation } from './navigation.tsx';
import { PageGuard } from './page-guard.tsx';
import { TEXTS } from './texts.ts';
import { TokenForm } from './token-form.tsx';

/** Header, navigation and the page that the address names. */
export function Shell() {
  const say = useTexts(TEXTS);
  const { isStranger } = useAuth();
  // Asked at once, so that a server that wants a token asks for it before something is typed.
  useMe();
  const [location] = useLocation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const onGo = () => {
    // On a phone the links go out of sight, and the focus with them.
    if (isOpen) focusContent();
    close();
  };
  const current = PAGES.find(({ id }) => location === `/${id}` || location.startsWith(`/${id}/`));
  useEffect(() => {
    document.title = current === undefined ? 'cozecut' : `${say(current.id)} · cozecut`;
  }, [current, say]);

  const before = useRef(location);
  useEffect(() => {
    const from = before.current;
    before.current = location;
    // A link that led here is gone with its page: the keyboard goes on in what is here now. One begins at `/`.
    if (from !== location && from !== '/') keepFocus();
  }, [location]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {say('skip')}
      </button>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={say('menu')}
              aria-expanded={isOpen}
            />
            <Brand />
            <Text c="dimmed" size="sm" visibleFrom="md" truncate>
              {say('tagline')}
            </Text>
          </Group>
          <HeaderActions />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="sm"
        aria-label={say('navigation')}
        className={isOpen ? undefined : 'closed-on-phone'}
      >
        <Navigation current={current?.id} onGo={onGo} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <div className="page">
          {isStranger ? (
            <TokenForm />
          ) : (
            <PageGuard key={current?.id}>
              <Suspense fallback={<Loading />}>
                <Switch>
                  {PAGES.map(({ id, Page }) => (
                    <Route key={id} path={`/${id}/*?`}>
                      <Page />
                    </Route>
                  ))}
                  <Route>
                    <Redirect to={`/${PAGES[0].id}`} replace />
                  </Route>
                </Switch>
              </Suspense>
            </PageGuard>
          )}
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function Brand() {
  return (
    <Group gap={8} wrap="nowrap">
      <img src="./favicon.svg" alt="" width={26} height={26} />
      <Text fw={700} fz="lg" component="span">
        cozecut
      </Text>
    </Group>
  );
}
