/** A part of the page that did not come: the server is away, or has another version of it by now. */
export class PageMissing extends Error {}

/** @throws PageMissing in place of what a browser says, which is English and about files. */
export function fetched<Module>(part: Promise<Module>): Promise<Module> {
  return part.catch((cause: unknown) => {
    throw new PageMissing('a part of the page could not be fetched', { cause });
  });
}
