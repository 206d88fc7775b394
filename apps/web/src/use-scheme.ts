import { useComputedColorScheme } from '@mantine/core';

/** The colours of the page, right from the first drawing on: what is made for them is not made for others before. */
export function useScheme(): 'light' | 'dark' {
  return useComputedColorScheme('light', { getInitialValueInEffect: false });
}
