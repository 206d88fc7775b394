/** The part of the library that is used; it brings no types. */
declare module 'screenshot-desktop' {
  interface Display {
    id: string | number;
    name: string;
  }
  interface Capture {
    (options: { format: 'png'; screen?: string | number }): Promise<Buffer>;
    listDisplays(): Promise<Display[]>;
  }
  const capture: Capture;
  export default capture;
}
