const PATHS = {
  manual: 'M4 5h16v14H4zM8 5v14M16 5v14M4 10h4M4 14h4M16 10h4M16 14h4',
  drafts: 'M4 6h6l2 2h8v11H4zM4 11h16',
  local: 'M3 5h18v11H3zM9 20h6M12 16v4',
  sessions: 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5',
  calls: 'M3 12h4l3-7 4 14 3-7h4',
  tools: 'M14 6a4 4 0 0 0 5 5l-8 8a2.1 2.1 0 0 1-3-3zM14 6l2 2 3-3',
  connect: 'M9 7H7a5 5 0 0 0 0 10h2M15 7h2a5 5 0 0 1 0 10h-2M8 12h8',
  keys: 'M8 15a4 4 0 1 1 3-6l9 .001V12h-2v2h-3v-2h-4a4 4 0 0 1-3 3z',
  reference: 'M5 4h10l4 4v12H5zM14 4v5h5M8 13h8M8 16h6',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  moon: 'M20 14a8 8 0 0 1-10-10 8 8 0 1 0 10 10z',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  upload: 'M12 16V5M7 9l5-5 5 5M4 20h16',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20',
  copy: 'M8 8h11v12H8zM5 16V4h11',
  check: 'M5 12l5 5 9-10',
  cross: 'M6 6l12 12M18 6 6 18',
  play: 'M8 5v14l11-7z',
  stop: 'M7 7h10v10H7z',
  retry: 'M4 12a8 8 0 1 1 2.5 5.8M4 19v-5h5',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  left: 'M15 5l-7 7 7 7',
  error: 'M12 3 22 20H2zM12 10v5M12 17v.5',
  warning: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v6M12 16v.5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.5',
} as const;

/** Name of a drawing. */
export type IconName = keyof typeof PATHS;

/** A drawing beside a text; it says nothing to a screen reader. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flexShrink: 0 }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
