import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that some tests need and that npm does not bring. */
interface Component {
  name: string;
  paths: string[];
  tests: string;
  debianPackage: string;
}

const onPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));

const COMPONENTS: Component[] = [
  {
    name: 'Chromium',
    paths: ['chromium', 'chromium-headless-shell', 'google-chrome'].flatMap(onPath),
    tests: 'the tests of the web page',
    debianPackage: 'chromium',
  },
  {
    name: 'ffmpeg',
    paths: onPath('ffprobe'),
    tests: 'the comparison of our media probe with ffprobe',
    debianPackage: 'ffmpeg',
  },
];

/** One line for each real component that is not on this machine: what is left out and how to get it. */
export function missingComponents(): string[] {
  return COMPONENTS.filter((component) => !component.paths.some((path) => existsSync(path))).map(
    ({ name, tests, debianPackage }) =>
      `${name} was not found: left out are ${tests}. To run them: apt-get install ${debianPackage}`,
  );
}
