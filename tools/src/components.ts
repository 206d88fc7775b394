import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that some tests need and that npm does not bring. */
interface Component {
  name: string;
  /** Variable that names the program, when it is somewhere else. */
  variable: string;
  programs: string[];
  /** Pattern of folders that are looked at beside those of the PATH. */
  folders?: string;
  tests: string;
  debianPackage: string;
}

const COMPONENTS = {
  chromium: {
    name: 'Chromium',
    variable: 'CHROMIUM_PATH',
    programs: ['chromium', 'chromium-headless-shell', 'google-chrome'],
    tests: 'the tests of the web page',
    debianPackage: 'chromium',
  },
  ffprobe: {
    name: 'ffmpeg',
    variable: 'FFPROBE_PATH',
    programs: ['ffprobe'],
    tests: 'the comparison of our media with ffmpeg',
    debianPackage: 'ffmpeg',
  },
  postgres: {
    name: 'PostgreSQL',
    variable: 'POSTGRES_PATH',
    programs: ['postgres'],
    folders: '/usr/lib/postgresql/*/bin',
    tests: 'the tests of several processes on PostgreSQL; its dialect is tested in PGlite',
    debianPackage: 'postgresql',
  },
} as const satisfies Record<string, Component>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute path of a program that tests need; nothing when it is not on this machine. */
export function findComponent(
  key: keyof typeof COMPONENTS,
  env: Environment = process.env,
): string | undefined {
  const { variable, programs, folders: pattern }: Component = COMPONENTS[key];
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [...onPath, ...(pattern === undefined ? [] : globSync(pattern))];
  const candidates = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [env[variable], ...candidates].find((path) => path !== undefined && existsSync(path));
}

/** One line for each program that is not on this machine: what is left out and how to get it. */
export function missingComponents(env: Environment = process.env): string[] {
  return (Object.keys(COMPONENTS) as (keyof typeof COMPONENTS)[])
    .filter((key) => findComponent(key, env) === undefined)
    .map((key) => {
      const { name, tests, debianPackage } = COMPONENTS[key];
      return `${name} was not found: left out are ${tests}. To run them: apt-get install ${debianPackage}`;
    });
}

/** Arguments for a Chromium that asks nobody on the network for anything. */
export const QUIET_CHROMIUM: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
];
