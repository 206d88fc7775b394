/**
 * Loaded before a server: while the file that `FAILING_SYNC` names is there, the disk does not take what is written.
 * The operating system says so to whoever waits for the disk, and to nobody else.
 */
import fs, { existsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fdatasync } = fs;
const failing = (fd: number, done: (error: NodeJS.ErrnoException | null) => void) => {
  if (!existsSync(process.env.FAILING_SYNC ?? '')) return fdatasync(fd, done);
  const error = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' });
  process.nextTick(done, error);
};
Object.assign(fs, { fdatasync: failing });
syncBuiltinESMExports();
