const stepsInSeconds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 18_000];

/** A mark of the ruler. */
export interface Tick {
  /** Place as a fraction of the whole length, 0..1. */
  at: number;
  /** `0.5`, `12`, `1:30` or `1:02:00`. */
  label: string;
}

/** Marks of a ruler at round times, at most `most` of them. */
export function ticksOf(durationUs: number, most: number): Tick[] {
  const seconds = durationUs / 1_000_000;
  const step = stepsInSeconds.find((one) => seconds / one <= most) ?? seconds;
  const ticks: Tick[] = [];
  for (let tick = 0; tick * step <= seconds; tick++) {
    ticks.push({ at: (tick * step) / seconds, label: clockText(tick * step) });
  }
  return ticks;
}

/** A time for people: seconds below a minute, else minutes and hours. */
export function clockText(seconds: number): string {
  const rounded = Number(seconds.toFixed(1));
  if (rounded < 60) return String(rounded);
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
