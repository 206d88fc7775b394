import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The green of the sign; white text on shade 7 has a contrast of 5.4. */
const ACCENT: MantineColorsTuple = [
  '#e8f8f4',
  '#d0efe8',
  '#a1e0d3',
  '#6ccfbc',
  '#41bda7',
  '#25a391',
  '#168a7c',
  '#0f766e',
  '#0c635d',
  '#094f4a',
];

/** Greys with a little blue, so that panels, fields and ground belong together. */
const DARK: MantineColorsTuple = [
  '#d3d7de',
  '#b6bdc8',
  '#8d96a5',
  '#656e7d',
  '#414854',
  '#343a44',
  '#282c34',
  '#1d2026',
  '#16181d',
  '#101216',
];

const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** How the page looks: fonts of the system, so that nothing is fetched. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  autoContrast: true,
  colors: { accent: ACCENT, dark: DARK },
  fontFamily: FONT,
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", Menlo, Consolas, monospace',
  headings: {
    fontFamily: FONT,
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  // Fonts for Chinese have two weights, and the heavy one is for headings; titles have to be read on any colour.
  components: {
    Button: { styles: { root: { fontWeight: 500 } } },
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
  },
});

/** Quiet text keeps a contrast of 4.5 on every ground of the page. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b6470',
    '--page-ground': '#f6f7f9',
    '--page-line': '#e3e6ea',
    '--mantine-color-placeholder': '#6b7480',
    '--mantine-color-error': '#c22b2b',
    '--mantine-color-green-light-color': '#1a6329',
    '--mantine-color-yellow-light-color': '#704400',
    '--mantine-color-red-light-color': '#a01414',
    '--mantine-color-blue-light-color': '#0d4f8b',
    '--mantine-color-gray-light-color': '#454d57',
  },
  dark: {
    '--mantine-color-dimmed': '#a5adba',
    '--page-ground': DARK[8],
    '--page-line': DARK[5],
    '--mantine-color-placeholder': '#949dab',
    '--mantine-color-error': '#ff8787',
  },
});
