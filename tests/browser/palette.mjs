// Makes a PNG of a page small: one byte a pixel, from a palette of at most 256 colours. Pages are a few
// flat colours and the edges of their letters, so that the colours used most are enough; any other one
// becomes the nearest of them. Takes what Chromium writes: eight bits a channel, not interlaced.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const LARGEST_PALETTE = 256;
const CHANNELS = { 2: 3, 6: 4 }; // of a colour type

function chunksOf(png) {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one));
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

// How each filter of the PNG specification foretells a byte.
const FORETELL = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

function unfilter(raw, height, row, pixel) {
  const bytes = Buffer.alloc(height * row);
  for (let y = 0; y < height; y++) {
    const foretell = FORETELL[raw[y * (row + 1)]];
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x >= pixel ? bytes[at - pixel] : 0;
      const above = y > 0 ? bytes[at - row] : 0;
      const corner = x >= pixel && y > 0 ? bytes[at - row - pixel] : 0;
      bytes[at] = raw[y * (row + 1) + 1 + x] + foretell(left, above, corner);
    }
  }
  return bytes;
}

function coloursOf(png) {
  const chunks = chunksOf(png);
  const head = chunks.find((one) => one.type === "IHDR").data;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const pixel = CHANNELS[head[9]];
  if (head[8] !== 8 || !pixel || head[12] !== 0) throw new Error("another kind of PNG");
  const packed = Buffer.concat(chunks.filter((one) => one.type === "IDAT").map((one) => one.data));
  const bytes = unfilter(inflateSync(packed), height, width * pixel, pixel);
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i++) colours[i] = bytes.readUIntBE(i * pixel, 3);
  return { width, height, colours };
}

function mostUsed(colours) {
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) || 0) + 1);
  return [...counts]
    .sort(([a, times], [b, more]) => more - times || a - b)
    .slice(0, LARGEST_PALETTE)
    .map(([colour]) => colour);
}

function distance(a, b) {
  const parts = [16, 8, 0].map((shift) => ((a >> shift) & 255) - ((b >> shift) & 255));
  return parts.reduce((sum, one) => sum + one * one, 0);
}

function nearest(palette, colour) {
  let best = 0;
  for (let i = 1; i < palette.length; i++)
    if (distance(palette[i], colour) < distance(palette[best], colour)) best = i;
  return best;
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export function withPalette(png) {
  const { width, height, colours } = coloursOf(png);
  const palette = mostUsed(colours);
  const indices = new Map(palette.map((colour, i) => [colour, i]));
  const rows = Buffer.alloc(height * (width + 1)); // each begins with its filter, which is none
  colours.forEach((colour, i) => {
    if (!indices.has(colour)) indices.set(colour, nearest(palette, colour));
    rows[i + Math.floor(i / width) + 1] = indices.get(colour);
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8); // eight bits, by palette
  const table = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, i) => table.writeUIntBE(colour, i * 3, 3));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", table),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
