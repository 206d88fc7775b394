/** A draft of 1,000 clips with keyframes, ours beside the peer. Usage: `npm run bench -w tools -- keyframes [ROUNDS]` */
import { compare } from './compile-both.ts';
import { movingTexts } from './content.ts';
import { buildCli, machine } from './programs.ts';
import { partsLine, tableOf } from './table.ts';

const rounds = Number(process.argv[2] ?? 7);
buildCli();
const { measured, parts } = compare(movingTexts(1000), rounds, { withPeer: true });
console.log(`1,000 clips with six keyframes each, whole processes, median of ${rounds}; ${machine()}\n`);
for (const line of tableOf(measured, 'cozecut')) console.log(line);
console.log('');
console.log(partsLine(parts));
