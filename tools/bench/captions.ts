/** Drafts of many captions, ours beside the peer. Usage: `npm run bench -w tools -- captions [ROUNDS [COUNT…]]` */
import { compare } from './compile-both.ts';
import { captions } from './content.ts';
import { buildCli, machine } from './programs.ts';
import { goalLine, partsLine, tableOf } from './table.ts';

const [rounds = 5, ...counts] = process.argv.slice(2).map(Number);
buildCli();
console.log(`Captions, whole processes, median of ${rounds}; ${machine()}`);
let previous: { count: number; cpuMs: number } | undefined;
for (const count of counts.length > 0 ? counts : [10, 1000, 10_000, 100_000]) {
  // The peer takes minutes for 100,000, and shows nothing new.
  const { measured, parts } = compare(captions(count), rounds, { withPeer: count <= 10_000 });
  const ours = measured[0]!;
  console.log(`\n## ${count} captions\n`);
  for (const line of tableOf(measured, 'cozecut')) console.log(line);
  console.log('');
  console.log(partsLine(parts));
  if (count === 10_000) {
    console.log(goalLine('wall clock', ours.wallMs, 300, ' ms'));
    const peer = measured.find(({ name }) => name === 'capcut-cli');
    if (peer !== undefined) {
      console.log(goalLine('wall clock', ours.wallMs / peer.wallMs, 1 / 6, ' × capcut-cli'));
      console.log(goalLine('processor time', ours.cpuMs / peer.cpuMs, 1 / 6, ' × capcut-cli'));
    }
    console.log(goalLine('peak memory', ours.peakMb, 150, ' MB'));
    console.log(
      goalLine('check and compile', parts.checkAndCompileMs / parts.stringifyMs, 2, ' × stringify'),
    );
  }
  if (previous !== undefined) {
    const growth = ours.cpuMs / previous.cpuMs;
    console.log(
      `${count / previous.count} times the captions of before: ${growth.toFixed(1)} times the processor time`,
    );
  }
  previous = { count, cpuMs: ours.cpuMs };
}
