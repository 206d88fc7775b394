/** Whether a location is an address, such as that of a database, rather than a path. */
export function isAddress(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}
