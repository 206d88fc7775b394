import { Route, Switch } from 'wouter';
import { DraftList } from './draft-list.tsx';
import { DraftPage } from './draft-page.tsx';

/** All drafts, or the one that the address names. */
export default function DraftsPage() {
  return (
    <Switch>
      <Route path="/drafts/:id">{({ id }) => <DraftPage key={id} id={decodeURIComponent(id)} />}</Route>
      <Route>
        <DraftList />
      </Route>
    </Switch>
  );
}
