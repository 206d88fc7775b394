import { BitWriter } from './bits.ts';

/** Colour of a pixel in BT.709 video range: luma and both chroma parts. */
export type Yuv = readonly [y: number, u: number, v: number];
/** The picture to encode: the colour at a place. */
export type Painter = (x: number, y: number) => Yuv;

const MACROBLOCK = 16;
const NAL_SLICE = 1;
const NAL_IDR = 5;
const NAL_SPS = 7;
const NAL_PPS = 8;
const FRAME_NUM_BITS = 8;

/**
 * The smallest H.264 encoder that makes a real video: key frames of uncompressed macroblocks, and frames that
 * repeat the one before. Baseline profile, every decoder plays it.
 */
export class H264Encoder {
  readonly #width: number;
  readonly #height: number;
  readonly #columns: number;
  readonly #rows: number;
  #frameNum = 0;
  #keyFrames = 0;

  /** @param width - Pixels, even. @param height - Pixels, even. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#columns = Math.ceil(width / MACROBLOCK);
    this.#rows = Math.ceil(height / MACROBLOCK);
  }

  /** What a container stores about the stream (`AVCDecoderConfigurationRecord`). */
  configuration(): Uint8Array<ArrayBuffer> {
    const sps = nal(3, NAL_SPS, this.#sequenceParameters());
    const pps = nal(3, NAL_PPS, pictureParameters());
    const head = [1, sps[1]!, sps[2]!, sps[3]!, 0xff, 0xe1, sps.length >> 8, sps.length & 255];
    return Uint8Array.from([...head, ...sps, 1, pps.length >> 8, pps.length & 255, ...pps]);
  }

  /** A picture that stands for itself. */
  keyFrame(paint: Painter): Uint8Array<ArrayBuffer> {
    this.#frameNum = 0;
    const slice = new BitWriter().ue(0).ue(7).ue(0).bits(0, FRAME_NUM_BITS);
    slice.ue(this.#keyFrames++ % 2); // idr_pic_id: neighbours differ
    slice.bits(0, 2); // no_output_of_prior_pics, long_term_reference
    slice.ue(0).ue(1); // slice_qp_delta, no deblocking
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        slice.ue(25).align(); // mb_type I_PCM
        slice.append(this.#samples(column * MACROBLOCK, row * MACROBLOCK, paint));
      }
    }
    return lengthPrefixed(nal(3, NAL_IDR, stop(slice)));
  }

  /** A picture that repeats the one before. */
  repeatFrame(): Uint8Array<ArrayBuffer> {
    this.#frameNum = (this.#frameNum + 1) % (1 << FRAME_NUM_BITS);
    const slice = new BitWriter().ue(0).ue(5).ue(0).bits(this.#frameNum, FRAME_NUM_BITS);
    slice.bits(0, 3); // default number and order of references, no memory management
    slice.ue(0).ue(1); // slice_qp_delta, no deblocking
    slice.ue(this.#columns * this.#rows); // mb_skip_run
    return lengthPrefixed(nal(2, NAL_SLICE, stop(slice)));
  }

  #sequenceParameters(): Uint8Array {
    const writer = new BitWriter();
    writer.bits(66, 8).bits(0xc0, 8).bits(30, 8); // baseline and constrained, level 3
    writer
      .ue(0)
      .ue(FRAME_NUM_BITS - 4)
      .ue(2); // id, frame_num, output order = decoding order
    writer.ue(1).bits(0, 1); // one reference, no gaps
    writer.ue(this.#columns - 1).ue(this.#rows - 1);
    writer.bits(1, 1).bits(1, 1); // frames only, direct_8x8
    const right = (this.#columns * MACROBLOCK - this.#width) / 2;
    const bottom = (this.#rows * MACROBLOCK - this.#height) / 2;
    writer.bits(1, 1).ue(0).ue(right).ue(0).ue(bottom);
    writer.bits(1, 1); // usability information
    writer.bits(0, 2); // no aspect ratio, no overscan
    writer.bits(1, 1).bits(5, 3).bits(0, 1).bits(1, 1).bits(1, 8).bits(1, 8).bits(1, 8); // BT.709, video range
    writer.bits(0, 5); // no chroma position, timing, bit rate models, picture structure
    writer.bits(1, 1).bits(1, 1).ue(0).ue(0).ue(10).ue(10).ue(0).ue(1); // nothing is reordered
    return stop(writer);
  }

  /** 16 × 16 luma, then 8 × 8 of each chroma. */
  #samples(left: number, top: number, paint: Painter): Uint8Array {
    const samples = new Uint8Array(384);
    for (let n = 0; n < 256; n++) samples[n] = paint(left + (n % 16), top + (n >> 4))[0];
    for (let n = 0; n < 64; n++) {
      const [, u, v] = paint(left + 2 * (n % 8), top + 2 * (n >> 3));
      samples[256 + n] = u;
      samples[320 + n] = v;
    }
    return samples;
  }
}

function pictureParameters(): Uint8Array {
  const writer = new BitWriter();
  writer.ue(0).ue(0).bits(0, 2).ue(0).ue(0).ue(0); // ids, CAVLC, one slice group, one reference
  writer.bits(0, 3).ue(0).ue(0).ue(0); // no weights, quantisers as they are
  writer.bits(1, 1).bits(0, 2); // slices say how they are deblocked
  return stop(writer);
}

function stop(writer: BitWriter): Uint8Array {
  return writer.bits(1, 1).align().toBytes();
}

/** Wraps a payload; a 3 goes in wherever two zero bytes would be followed by 0 to 3. */
function nal(importance: number, type: number, payload: Uint8Array): Uint8Array {
  const bytes = [(importance << 5) | type];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(bytes);
}

function lengthPrefixed(unit: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + unit.length);
  new DataView(bytes.buffer).setUint32(0, unit.length);
  bytes.set(unit, 4);
  return bytes;
}
