import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../base-command.ts';
import { tidyTyped } from '../command-line.ts';
import { complete } from '../services/complete.ts';
import { type ManifestChoice, readManifest } from '../services/manifest.ts';
import { manifestChoice } from './tool/tool-plain.ts';

const SCRIPTS = {
  bash: `_cozecut() {
  local IFS=$'\\n'
  COMPREPLY=($(cozecut completion --words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _cozecut cozecut
`,
  zsh: `#compdef cozecut
_cozecut() {
  local -a found
  found=("\${(@f)$(cozecut completion --words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -a found; else _files; fi
}
# Loaded by itself on the first Tab, or read by a start-up file.
if [[ "\${funcstack[1]}" == _cozecut ]]; then _cozecut; else compdef _cozecut cozecut; fi
`,
  fish: `function __cozecut_words
  set -l typed (commandline -opc) (commandline -ct)
  set -l found (cozecut completion --words -- $typed[2..-1] 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c cozecut -f -a '(__cozecut_words)'
`,
} as const;

/** Lets a shell complete commands, flags, their values and the names of tools. */
export default class Completion extends BaseCommand {
  static override summary = 'Print a script with which a shell completes commands, flags and tools';
  static override examples = [
    'source <(<%= config.bin %> <%= command.id %> bash)',
    '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/cozecut.fish',
  ];
  static override strict = false;
  static override args = {
    shell: Args.string({ description: 'shell', options: Object.keys(SCRIPTS), default: 'bash' }),
  };
  static override flags = {
    words: Flags.boolean({ hidden: true, description: 'print what can follow the words behind --' }),
  };

  async run(): Promise<{ script: string } | { words: string[] }> {
    // Not parsed: what stands behind `--words --` is a command line of its own.
    const [flag, , ...typed] = this.argv;
    if (flag === '--words') {
      const words = await complete(tidyTyped(typed), {
        ids: this.config.commandIDs,
        command: (id) => this.config.findCommand(id, { must: true }).load(),
        toolNames: () => this.toolNames(manifestChoice(typed)),
      });
      if (words.length > 0) process.stdout.write(`${words.join('\n')}\n`);
      return { words };
    }
    const { args } = await this.parse(Completion);
    const script = SCRIPTS[args.shell as keyof typeof SCRIPTS];
    if (!this.jsonEnabled()) process.stdout.write(script);
    return { script };
  }

  private toolNames(choice: ManifestChoice): string[] {
    try {
      const { tools } = readManifest({ ...choice, needs: 'names' }, this.environment, process.cwd());
      return tools.filter((tool) => tool.enabled).map((tool) => tool.name);
    } catch {
      // A manifest with a mistake offers nothing here; the command itself says why.
      return [];
    }
  }
}
