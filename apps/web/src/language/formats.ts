import { useLanguage } from './language.tsx';

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

/** The formats of the language of the page. */
export function useFormats(): Formats {
  const { locale } = useLanguage();
  const withUnit = (unit: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits });
  return {
    time(iso) {
      const date = new Date(iso);
      const isToday = date.toDateString() === new Date().toDateString();
      const day = isToday ? {} : ({ month: 'short', day: 'numeric' } as const);
      const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const;
      return new Intl.DateTimeFormat(locale, { ...day, ...clock }).format(date);
    },
    fullTime: (iso) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(iso)),
    seconds: (us) =>
      us > 0 && us < 100_000
        ? withUnit('millisecond', 1).format(us / 1_000)
        : withUnit('second', 1).format(us / 1_000_000),
    duration: (ms) =>
      ms < 1_000 ? withUnit('millisecond', 0).format(ms) : withUnit('second', 1).format(ms / 1_000),
    bytes(count) {
      const [unit, size] =
        count < 1_000_000
          ? (['kilobyte', count / 1_000] as const)
          : (['megabyte', count / 1_000_000] as const);
      return withUnit(unit, 1).format(size);
    },
    number: (value) => new Intl.NumberFormat(locale).format(value),
  };
}
