// The chain of a record, computed from docs/record.md alone: to check it, and to forge it.
import { createHash } from "node:crypto";
import { sql, sqlRows } from "./lib.mjs";

const bigEndian = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};

function chain(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(bigEndian(bytes.length)).update(bytes);
  }
  return hash.digest();
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function lineOf(row) {
  const { actor, at_ms, kind, seq, story_ms } = row;
  const line = { actor, at_ms, kind, seq, story_ms, body: JSON.parse(row.body) };
  for (const key of ["cause", "input"]) if (row[key] !== 0) line[key] = row[key];
  if (row.observed_ms !== row.at_ms) line.observed_ms = row.observed_ms;
  if (row.proxy !== 0) line.proxy = true;
  return canonical(line);
}

// What each event's hash should be, in order: {seq, hash, kept}, in hex.
export function tableHashes(db, table = 1) {
  const inputs = new Map(sqlRows(db, `SELECT seq, body FROM input WHERE table_id = ${table}`)
    .map((row) => [row.seq, row.body]));
  let head = Buffer.alloc(32), last = 0;
  return sqlRows(db, `SELECT *, lower(hex(hash)) AS kept FROM event WHERE table_id = ${table} ORDER BY seq`)
    .map((row) => {
      const first = row.input > last;
      last = Math.max(last, row.input);
      head = chain(head, first ? inputs.get(row.input) : "", lineOf(row), bigEndian(row.wall_ms));
      return { seq: row.seq, hash: head.toString("hex"), kept: row.kept };
    });
}

export function programmeHashes(db) {
  let head = Buffer.alloc(32);
  return sqlRows(db, "SELECT *, lower(hex(hash)) AS kept FROM programme ORDER BY seq").map((row) => {
    const line = canonical({ body: JSON.parse(row.body), kind: row.kind, seq: row.seq });
    head = chain(head, "", line, bigEndian(row.wall_ms));
    return { seq: row.seq, hash: head.toString("hex"), kept: row.kept };
  });
}

// ---- forging ----

export function forgeTable(db, table = 1) {
  const hashes = tableHashes(db, table);
  const updates = hashes.map(({ seq, hash }) => `UPDATE event SET hash = x'${hash}' WHERE table_id = ${table} AND seq = ${seq};`);
  const done = sql(db, `BEGIN; ${updates.join("")} COMMIT;`);
  if (!done.ok) throw new Error(done.err);
  return hashes.at(-1);
}

// The programme's notes of the table's end are made to say the table's head of now.
export function forgeProgramme(db, table = 1) {
  const head = tableHashes(db, table).at(-1);
  const body = canonical({ head: head.hash, seq: head.seq, table });
  let done = sql(db, `UPDATE programme SET body = '${body}' WHERE kind = 'table-ended' AND body LIKE '%"table":${table}}'`);
  for (const { seq, hash } of done.ok ? programmeHashes(db) : [])
    done = done.ok ? sql(db, `UPDATE programme SET hash = x'${hash}' WHERE seq = ${seq}`) : done;
  if (!done.ok) throw new Error(done.err);
}
