import {
  type JsonReport,
  jsonReport,
  PROBLEM_FORMATS,
  type Problem,
  type ProblemFormat,
  printProblems,
} from '@cozecut/problems';
import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import { canDraw } from './drawing.ts';
import { errorObject, errorText } from './error-text.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { tellerIn } from './messages/teller.ts';
import { sayPhase, sayProblems, type Voice } from './plain/command.ts';
import { BASE_FLAGS, MANIFEST_FLAGS } from './plain/flags.ts';
import { frameworkFlags } from './plain/framework-flags.ts';
import { isLarge } from './services/large-input.ts';
import { findManifest } from './services/manifest.ts';
import type { SettingFlags } from './services/settings-above.ts';
import type { FileResult } from './services/write-output.ts';
import { type Environment, readEnvironment } from './settings.ts';
import { shownPath } from './shown-path.ts';
import { explainSystemError } from './system-error.ts';
import { chooseLanguage, languageFlag, type Texts, textsIn } from './text.ts';
import { explainUsage } from './usage-error.ts';

/** Flags of every command. */
export const baseFlags = {
  ...frameworkFlags(BASE_FLAGS),
  json: Flags.boolean({ description: 'one JSON object on stdout', helpGroup: 'GLOBAL' }),
};

/** Flags of commands that read a manifest. */
export const manifestFlags = frameworkFlags(MANIFEST_FLAGS);

/** Flags that stand above what the deployment says about its server. */
export const serverFlags = {
  port: Flags.integer({ description: 'port; 0 takes any free one', min: 0, max: 65_535 }),
  host: Flags.string({ description: 'address to listen on' }),
};

/** The given ones of those flags, by the key that each sets. */
export function settingFlags(flags: { port?: number | undefined; host?: string | undefined }): SettingFlags {
  const { port, host } = flags;
  return {
    ...(port === undefined ? {} : { 'server.port': { flag: '--port', value: port } }),
    ...(host === undefined ? {} : { 'server.host': { flag: '--host', value: host } }),
  };
}

/** Flags of commands that export documents. */
export const exportFlags = {
  check: Flags.boolean({ description: 'write nothing; exit code 3 when what is there differs' }),
  'server-url': Flags.string({ description: 'public address of the server (default: of the deployment)' }),
  texts: Flags.string({
    description:
      'language of what is said about the tools, one of `texts` of the manifest (default: as written)',
  }),
};

/** Flags of commands that look for problems. */
export const findingFlags = {
  format: Flags.string({
    description: 'form of the findings',
    options: [...PROBLEM_FORMATS],
    default: 'codeframe',
  }),
  'fail-on': Flags.string({
    description: 'least severity that fails',
    options: ['error', 'warn'],
    default: 'error',
  }),
  fix: Flags.boolean({ description: 'mend what can be mended with certainty' }),
};

/** Forms of findings that people read. */
const FOR_PEOPLE: readonly string[] = ['codeframe', 'stylish'];

/** What a linter hands over to be told. */
export interface Findings {
  /** How many files or drafts were looked at. */
  files: number;
  /** How many findings were mended. */
  fixed: number;
  problems: readonly Problem[];
  rules: readonly { id: string; title: string; docs?: string }[];
}

/** What a linter writes with `--json`. */
export interface FindingsOutput extends JsonReport {
  files: number;
  fixed: number;
}

/**
 * What every command shares: stdout is for data, stderr for people, `--json` writes one object to stdout, and the
 * exit code says what kind of failure it was.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = baseFlags;

  protected readonly environment: Environment = readEnvironment(process.env, process.cwd());
  protected texts: Texts = textsIn('en');
  protected quiet = false;

  override async init(): Promise<void> {
    await super.init();
    // Read before the flags are parsed, so that a mistake in the flags is already told in the right language.
    this.texts = textsIn(chooseLanguage(languageFlag(this.argv), this.environment));
    this.quiet = this.argv.includes('--quiet');
  }

  /** Writes a line for people to stderr; nothing with `--quiet` or `--json`. */
  protected say(line: string): void {
    if (!this.quiet && !this.jsonEnabled()) process.stderr.write(`${line}\n`);
  }

  /** {@link sayPhase} */
  protected sayPhase(text: string, what: string): void {
    sayPhase(this.voice(), text, what);
  }

  /** For {@link ManifestChoice.onLong}. */
  protected readonly onLong = (file: string): void => this.sayPhase(this.texts.phaseReading, shownPath(file));

  /** Says which manifest is read, where loading what works with it takes its time in any case. */
  protected sayManifest(chosen: string | undefined): void {
    this.onLong(findManifest(chosen, this.environment, process.cwd()).file);
  }

  /** For what is asked over the network, by its address. */
  protected readonly onAsk = (address: string): void => this.sayPhase(this.texts.phaseAsking, address);

  /** For the database of a store, by its address. */
  protected readonly onDatabase = (address: string): void => this.sayPhase(this.texts.phaseOpening, address);

  /** Says that a file or a draft is read, when it is so large that one has to wait. */
  protected sayIfLarge(named: string): void {
    if (isLarge(named)) this.sayPhase(this.texts.phaseReading, named);
  }

  /** Writes warnings for people to stderr. */
  protected async sayProblems(problems: readonly Problem[]): Promise<void> {
    await sayProblems(problems, this.voice());
  }

  /** What a command that is run without the framework, too, has instead of this class. */
  protected voice(): Voice {
    const { environment, texts } = this;
    const isDrawn = canDraw(process.stderr, environment) && !this.quiet && !this.jsonEnabled();
    return {
      environment,
      texts,
      isForPrograms: this.jsonEnabled(),
      say: (line) => this.say(line),
      draw: isDrawn ? (text) => void process.stderr.write(text) : undefined,
      log: (line) => this.log(line),
    };
  }

  /** Writes findings as the flags ask; those that fail make the exit code. */
  protected async tellFindings(
    { files, fixed, problems: found, rules }: Findings,
    flags: { format: string; 'fail-on': string; fix: boolean },
  ): Promise<FindingsOutput> {
    const { summary, problems } = jsonReport(found);
    // Forms for programs are the same in every language.
    const teller = await tellerIn(FOR_PEOPLE.includes(flags.format) ? this.texts.language : 'en');
    if (!this.jsonEnabled()) {
      const format = flags.format as ProblemFormat;
      const text = printProblems(teller.problems(found), format, { rules, words: teller.words });
      if (text !== '') this.log(text);
    }
    if (flags.fix) this.say(`${this.texts.mended} ${fixed}`);
    this.say(`${teller.words.summary(summary)} (${files})`);
    if (summary.errors > 0 || (flags['fail-on'] === 'warn' && summary.warnings > 0)) {
      process.exitCode = EXIT.findings;
    }
    return { files, fixed, summary, problems };
  }

  /** Says what became of files; one that differs is a finding, and its first differing lines are the result. */
  protected async tellFiles(results: readonly FileResult[]): Promise<void> {
    const { text } = await tellerIn(this.texts.language);
    for (const { file, state, summary = '' } of results) {
      // The lines below the first are those of the files.
      const [first = '', ...lines] = summary.split('\n');
      if (state === 'different') this.log([`${shownPath(file)}: ${text(first)}`, ...lines].join('\n'));
      else
        this.say(
          `${state === 'written' ? this.texts.fileWritten : this.texts.fileUnchanged} ${shownPath(file)}`,
        );
    }
    if (results.every(({ state }) => state !== 'different')) return;
    this.say(this.texts.filesDiffer);
    process.exitCode = EXIT.findings;
  }

  protected override async catch(error: Error & { oclif?: { exit?: number } }): Promise<void> {
    // The framework would warn of flags that were not read: what is wrong is told below.
    this.parsed = true;
    // A command that was told to stop ends this way; nothing is wrong.
    if (error.oclif?.exit === 0) return;
    const told = explainUsage(explainSystemError(error), this.id?.replaceAll(':', ' ') ?? '');
    process.exitCode = exitCodeOf(told);
    if (this.jsonEnabled()) this.logJson({ error: errorObject(told) });
    else process.stderr.write(`${errorText(told, this.texts, await tellerIn(this.texts.language))}\n`);
  }
}
