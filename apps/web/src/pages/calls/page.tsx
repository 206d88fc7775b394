import { Route, Switch } from 'wouter';
import { CallsAndJobs } from './calls-and-jobs.tsx';
import { JobPage } from './job-page.tsx';

/** The record of calls, the jobs, those of one draft, or one job, as the address says. */
export default function CallsPage() {
  return (
    <Switch>
      <Route path="/calls/job/:id">{({ id }) => <JobPage key={id} id={decodeURIComponent(id)} />}</Route>
      <Route path="/calls/jobs">
        <CallsAndJobs kind="jobs" />
      </Route>
      <Route path="/calls/draft/:id">
        {({ id }) => <CallsAndJobs key={id} kind="calls" draftId={decodeURIComponent(id)} />}
      </Route>
      <Route>
        <CallsAndJobs kind="calls" />
      </Route>
    </Switch>
  );
}
