import type { Command } from '@oclif/core';
import table from './zh.json' with { type: 'json' };

const TABLE: Readonly<Record<string, string>> = table;

/** What is noted behind the text of a flag that is made from a schema. */
const NOTES = /^(.*?)(?: \(default: (.*?)\))?(?: \((JSON|may be given several times)\))?$/s;

/** A text of the help in Chinese, by the English one; nothing when there is none. */
export function inChinese(text: string): string | undefined {
  if (Object.hasOwn(TABLE, text)) return TABLE[text];
  const [, words = '', value, form] = NOTES.exec(text) ?? [];
  if (words === text || !Object.hasOwn(TABLE, words)) return undefined;
  const notes = [
    ...(value === undefined ? [] : [`默认 ${value}`]),
    ...(form === undefined ? [] : [form === 'JSON' ? 'JSON' : '可重复']),
  ];
  return `${TABLE[words]}（${notes.join('，')}）`;
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
