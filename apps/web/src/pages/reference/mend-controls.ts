/** What is said of the buttons that Scalar gives no name. */
export interface ControlNames {
  search: string;
  copy: string;
}

/**
 * Keeps the buttons of Scalar usable with a screen reader, which none of its settings does: some have no name, some are
 * marked as chosen in a way that a button cannot be, and one is called otherwise than it reads.
 *
 * @returns Ends it.
 */
export function mendControls(place: Element, names: ControlNames): () => void {
  let frame: number | undefined;
  const mend = () => {
    frame = undefined;
    for (const button of place.querySelectorAll('button[role=search]:not([aria-label])')) {
      button.setAttribute('aria-label', names.search);
    }
    for (const button of place.querySelectorAll('button[class*=copy-button]:not([aria-label])')) {
      button.setAttribute('aria-label', names.copy);
    }
    for (const button of place.querySelectorAll('button[aria-selected]')) {
      if (button.getAttribute('aria-selected') === 'true') button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
      button.removeAttribute('aria-selected');
    }
    for (const button of place.querySelectorAll('button.show-more[aria-label]')) {
      const [text, label] = [button.textContent.trim(), button.getAttribute('aria-label')!];
      if (!label.includes(text)) button.setAttribute('aria-label', `${text}: ${label}`);
    }
  };
  // It draws in very many steps.
  const observer = new MutationObserver(() => {
    frame ??= requestAnimationFrame(mend);
  });
  observer.observe(place, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['aria-selected', 'aria-label'],
  });
  return () => {
    observer.disconnect();
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
