import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the server counts, in the text form of Prometheus. */
export interface Metrics {
  request(labels: { method: string; route: string; status: number }, seconds: number): void;
  call(labels: { tool: string; mode: string; code: string }, seconds: number): void;
  /** Jobs that this process works on. */
  runningJobs(count: number): void;
  text(): Promise<{ type: string; text: string }>;
}

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 120];

/** Counters of one server. */
export function createMetrics(): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const options = { registers: [register] };
  const requests = new Histogram({
    ...options,
    name: 'cozecut_http_request_duration_seconds',
    help: 'Time until a request was answered',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
  });
  const calls = new Histogram({
    ...options,
    name: 'cozecut_tool_call_duration_seconds',
    help: 'Time of a tool call',
    labelNames: ['tool', 'mode', 'code'],
    buckets: SECONDS,
  });
  const failures = new Counter({
    ...options,
    name: 'cozecut_tool_call_failures_total',
    help: 'Tool calls that failed, by code',
    labelNames: ['tool', 'code'],
  });
  const jobs = new Gauge({ ...options, name: 'cozecut_jobs_running', help: 'Jobs that run in this process' });
  return {
    request: ({ method, route, status }, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    call({ tool, mode, code }, seconds) {
      calls.observe({ tool, mode, code }, seconds);
      if (code !== '') failures.labels(tool, code).inc();
    },
    runningJobs: (count) => jobs.set(count),
    text: async () => ({ type: register.contentType, text: await register.metrics() }),
  };
}
