const SAMPLE_RATE = 44_100;

/** The value of a channel, -1..1, at a time in seconds. */
export type Wave = (seconds: number) => number;

/** Makes a WAV file, 44.1 kHz, 16 bit, one wave per channel. */
export function makeWav(seconds: number, channels: readonly Wave[]): Uint8Array {
  const frames = Math.round(seconds * SAMPLE_RATE);
  const dataBytes = frames * channels.length * 2;
  const file = Buffer.alloc(44 + dataBytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + dataBytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * channels.length * 2, 28);
  file.writeUInt16LE(channels.length * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(dataBytes, 40);
  let at = 44;
  for (let frame = 0; frame < frames; frame++) {
    for (const wave of channels) at = file.writeInt16LE(Math.round(32_000 * wave(frame / SAMPLE_RATE)), at);
  }
  return file;
}

/** A chord that comes in and fades out once in every two seconds; `shift` sets the channels apart. */
export function chord(shift: number): Wave {
  const notes = [261.63, 329.63, 392.0];
  return (seconds) => {
    const inBar = seconds % 2;
    const envelope = Math.min(1, inBar * 20) * Math.min(1, (2 - inBar) * 1.5);
    const sum = notes.reduce((total, hertz) => total + Math.sin(2 * Math.PI * hertz * seconds + shift), 0);
    return (envelope * sum) / (notes.length * 2);
  };
}

/** Something like syllables: a buzz of a low voice that opens and closes four times a second. */
export function syllables(): Wave {
  return (seconds) => {
    const open = Math.max(0, Math.sin(2 * Math.PI * 4 * seconds));
    const pitch = 110 + 15 * Math.sin(2 * Math.PI * 0.7 * seconds);
    const overtones = [1, 2, 3, 4, 5, 6].map((n) => Math.sin(2 * Math.PI * pitch * n * seconds) / n);
    return (open * overtones.reduce((total, value) => total + value, 0)) / 4;
  };
}
