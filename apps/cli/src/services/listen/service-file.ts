import { EXIT } from '../../exit-code.ts';

/** What a service runs. */
export interface ServiceOptions {
  /** Name of the bot or bots, for people. */
  title: string;
  /** Program and its arguments, absolute. */
  command: readonly string[];
  /** Folder that it runs in; its `.env` file has the settings. */
  folder: string;
  /** Named pipe that lines are read from; `%t` is replaced by systemd. */
  pipe: string;
  /** File for its output, where the system keeps no journal. */
  logFile: string;
}

/**
 * Text of a user service of systemd. What is written into the pipe is said to the bot. What only a person can mend is
 * not tried again.
 */
export function systemdUnit({ title, command, folder, pipe }: ServiceOptions): string {
  return `[Unit]
Description=cozecut listen ${escapeSpecifiers(title)}
After=network-online.target

[Service]
WorkingDirectory=${escapeSpecifiers(folder)}
ExecStart=/bin/sh -c ${quoteSystemd(shellLine(command, pipe), pipe)}
Restart=always
RestartSec=2
RestartPreventExitStatus=${EXIT.usage} ${EXIT.authentication}
KillSignal=SIGINT
TimeoutStopSec=15

[Install]
WantedBy=default.target
`;
}

/** Text of an agent of launchd. */
export function launchdPlist({ title, command, folder, pipe, logFile }: ServiceOptions): string {
  const label = `cozecut.listen.${title.replace(/[^\w-]+/g, '-')}`;
  const strings = ['/bin/sh', '-c', shellLine(command, pipe)].map(
    (text) => `    <string>${xml(text)}</string>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${xml(label)}</string>
  <key>ProgramArguments</key>
  <array>
${strings.join('\n')}
  </array>
  <key>WorkingDirectory</key>
  <string>${xml(folder)}</string>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <true/>
  <key>StandardOutPath</key>
  <string>${xml(logFile)}</string>
  <key>StandardErrorPath</key>
  <string>${xml(logFile)}</string>
</dict>
</plist>
`;
}

/** A pipe that is opened for both ways has no end: who writes into it may come and go. */
function shellLine(command: readonly string[], pipe: string): string {
  const file = quoteShell(pipe);
  return `test -p ${file} || mkfifo -m 600 ${file}; exec ${command.map(quoteShell).join(' ')} <> ${file}`;
}

function quoteShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One argument of ExecStart; specifiers are kept in the pipe alone. */
function quoteSystemd(text: string, pipe: string): string {
  const escaped = text
    .split(quoteShell(pipe))
    .map((part) => escapeSpecifiers(part).replaceAll('$', '$$$$'))
    .join(quoteShell(pipe));
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function escapeSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
