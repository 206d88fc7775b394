/** Leads the keyboard to what a page shows, when what had the focus is gone. It stays where it is in sight. */
export function focusContent(): void {
  document.getElementById('content')?.focus({ preventScroll: true });
}

/** The same unless something has the focus. */
export function keepFocus(): void {
  if (document.activeElement === document.body) focusContent();
}
