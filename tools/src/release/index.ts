/**
 * What goes to the registry: the published packages of the workspace, as they are there.
 *
 * @packageDocumentation
 */
export { type PublishedPackage, publishedPackages } from './packages.ts';
export { repositoryUrl } from './repository.ts';
export { stagePackages } from './stage.ts';
