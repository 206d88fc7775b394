import scalarUrl from '@scalar/api-reference/browser/standalone.js?url';

/** What the one-file build of Scalar leaves behind. */
export interface Scalar {
  createApiReference(place: Element, configuration: object): { destroy(): void };
}

declare global {
  interface Window {
    Scalar?: Scalar;
  }
}

/** Loads Scalar, which is larger than all the rest of the page, when it is wanted. */
export async function loadScalar(): Promise<Scalar> {
  if (window.Scalar === undefined) {
    const script = document.createElement('script');
    script.src = scalarUrl;
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error('the API reference could not be loaded'));
      document.head.append(script);
    });
  }
  if (window.Scalar === undefined) throw new Error('the API reference did not start');
  return window.Scalar;
}
