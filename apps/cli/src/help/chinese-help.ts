import type { Interfaces } from '@oclif/core';
import { CommandHelp, Help } from '@oclif/core/help';

/** Headings of the framework, and what it writes between them. */
const HEADINGS: Readonly<Record<string, string>> = {
  USAGE: '用法',
  VERSION: '版本',
  TOPICS: '主题',
  COMMANDS: '命令',
  ARGUMENTS: '参数',
  FLAGS: '选项',
  'GLOBAL FLAGS': '全局选项',
  DESCRIPTION: '说明',
  EXAMPLES: '示例',
};

class ChineseCommandHelp extends CommandHelp {
  override section(...[header, body]: Parameters<CommandHelp['section']>): string {
    return super.section(HEADINGS[header] ?? header, body);
  }

  protected override flags(...words: Parameters<CommandHelp['flags']>): ReturnType<CommandHelp['flags']> {
    return super.flags(...words)?.map(([left, right]) => [left, inChinese(right)]);
  }

  protected override args(...words: Parameters<CommandHelp['args']>): ReturnType<CommandHelp['args']> {
    return super.args(...words)?.map(([left, right]) => [left, inChinese(right)]);
  }
}

/** The help with Chinese headings. */
export class ChineseHelp extends Help {
  protected override CommandHelpClass = ChineseCommandHelp;

  constructor(config: Interfaces.Config, options: Partial<Interfaces.HelpOptions> = {}) {
    super(config, { ...options, usageHeader: HEADINGS.USAGE! });
  }

  override section(...[header, body]: Parameters<Help['section']>): string {
    return super.section(HEADINGS[header] ?? header, body);
  }

  override formatRoot(): string {
    return super
      .formatRoot()
      .replace(/^(\S*)(USAGE|VERSION)/gm, (_, before, heading) => before + HEADINGS[heading]);
  }
}

function inChinese(text: string | undefined): string | undefined {
  return text
    ?.replace(/\[default: ([^\]]*)\]/, '[默认：$1]')
    .replace('(required)', '（必填）')
    .replace(/<options: ([^>]*)>/, '<可选：$1>');
}
