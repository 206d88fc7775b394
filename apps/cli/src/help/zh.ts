import type { Command } from '@oclif/core';
import table from './zh.json' with { type: 'json' };

const TABLE: Readonly<Record<string, string>> = table;

/** A text of the help in Chinese, by the English one; nothing when there is none. */
export function inChinese(text: string): string | undefined {
  return Object.hasOwn(TABLE, text) ? TABLE[text] : undefined;
}

/** Puts the texts of commands into Chinese; a text without a translation stays as it is. */
export function speakChinese(commands: Readonly<Record<string, Command.Class>>): void {
  for (const command of Object.values(commands)) {
    const { summary, description } = command;
    if (summary !== undefined) command.summary = said(summary);
    if (description !== undefined) command.description = said(description);
    command.flags = inEach(command.flags);
    command.baseFlags = inEach(command.baseFlags);
    command.args = inEach(command.args);
  }
}

function said(text: string): string {
  return inChinese(text) ?? text;
}

function inEach<T extends Record<string, { description?: string | undefined }> | undefined>(items: T): T {
  if (items === undefined) return items;
  return Object.fromEntries(
    Object.entries(items).map(([name, item]) => [
      name,
      item.description === undefined ? item : { ...item, description: said(item.description) },
    ]),
  ) as T;
}
