/** Numbers and times in the language of the page. */
export interface Formats {
  /** `14:03:21` today, with the date else. */
  time(iso: string): string;
  /** The whole of a time, for a title. */
  fullTime(iso: string): string;
  /** `12.4 s` of microseconds; what would round to nothing in milliseconds. */
  seconds(us: number): string;
  /** `340 ms` or `2.1 s` of milliseconds. */
  duration(ms: number): string;
  bytes(count: number): string;
  number(value: number): string;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const;

/** The formats of a locale. To make them takes far longer than to use them, so that a list does not make its own. */
export function makeFormats(locale: string): Formats {
  const withUnit = (unit: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits });
  const clock = new Intl.DateTimeFormat(locale, CLOCK);
  const dayAndClock = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...CLOCK });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
  const wholeMs = withUnit('millisecond', 0);
  const someMs = withUnit('millisecond', 1);
  const someSeconds = withUnit('second', 1);
  const kilobytes = withUnit('kilobyte', 1);
  const megabytes = withUnit('megabyte', 1);
  const plain = new Intl.NumberFormat(locale);
  return {
    time(iso) {
      const date = new Date(iso);
      const isToday = date.toDateString() === new Date().toDateString();
      return (isToday ? clock : dayAndClock).format(date);
    },
    fullTime: (iso) => full.format(new Date(iso)),
    seconds: (us) =>
      us > 0 && us < 100_000 ? someMs.format(us / 1_000) : someSeconds.format(us / 1_000_000),
    duration: (ms) => (ms < 1_000 ? wholeMs.format(ms) : someSeconds.format(ms / 1_000)),
    bytes: (count) =>
      count < 1_000_000 ? kilobytes.format(count / 1_000) : megabytes.format(count / 1_000_000),
    number: (value) => plain.format(value),
  };
}
