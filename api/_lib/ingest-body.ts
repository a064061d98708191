import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

const MIB = 1024 * 1024
/** As it comes over the wire. Vercel itself takes 4.5 MB. */
const RECEIVED_MAX_BYTES = 4 * MIB
/** Unpacked: a few kilobytes can be packed from gigabytes. */
const UNPACKED_MAX_BYTES = 32 * MIB
/**
 * Objects and lists in one body. Real ones have one for some fifty bytes; 32 MB of nothing but `{},{},…` would take the whole memory of a
 * function once they are parsed.
 */
const NESTED_MAX = 1_000_000

const unpackers: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/** `bodies`: the bytes as they came and unpacked, for signatures. */
export type ReceivedBody =
  | { ok: true; text: string; byteCount: number; bodies: readonly Buffer[] }
  | { ok: false; status: 400 | 413 | 415; field: string; message: string; headers?: Record<string, string> }

/** The text of a request with one of these media types, unpacked and checked for size. `hint` tells whoever sends another type what to do. */
export async function receiveBody(
  request: Request,
  { mediaTypes, mediaTypeHint }: { mediaTypes: readonly string[]; mediaTypeHint: string },
): Promise<ReceivedBody> {
  const [mediaType = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  if (!mediaTypes.includes(mediaType.trim())) {
    const given = mediaType.trim() === '' ? 'is missing' : `is ${mediaType.trim()}`
    const message = `${given}, and must be ${mediaTypes.join(' or ')}. ${mediaTypeHint}`
    return { ok: false, status: 415, field: 'content-type', message, headers: { accept: mediaTypes.join(', ') } }
  }
  if (parameters.some((one) => /^\s*charset\s*=/.test(one) && !/=\s*"?utf-?8"?\s*$/.test(one))) {
    return { ok: false, status: 415, field: 'content-type', message: 'must have the charset utf-8, or none' }
  }
  const bytes = await readBytes(request)
  if (bytes === null) {
    return tooLarge(`may have ${RECEIVED_MAX_BYTES / MIB} MiB as it is sent. Pack it with gzip, or send it in parts`)
  }
  const unpacked = await unpack(bytes, request.headers.get('content-encoding'))
  return Buffer.isBuffer(unpacked) ? decode(unpacked, bytes) : unpacked
}

/** Null when there is more than may be. */
async function readBytes(request: Request): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > RECEIVED_MAX_BYTES) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > RECEIVED_MAX_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function unpack(bytes: Buffer, header: string | null): Promise<Buffer | Extract<ReceivedBody, { ok: false }>> {
  const encoding = (header ?? '').trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return bytes
  const unpacker = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined
  if (unpacker === undefined) {
    const headers = { 'accept-encoding': 'gzip, deflate, br' }
    return { ok: false, status: 415, field: 'content-encoding', message: 'must be gzip, deflate or br', headers }
  }
  try {
    return await unpacker(bytes, { maxOutputLength: UNPACKED_MAX_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return tooLarge(`may have ${UNPACKED_MAX_BYTES / MIB} MiB when it is unpacked. Send it in parts`)
    }
    const message = `says ${encoding}, and the body cannot be unpacked that way`
    return { ok: false, status: 400, field: 'content-encoding', message }
  }
}

function decode(bytes: Buffer, received: Buffer): ReceivedBody {
  if (bytes.length > NESTED_MAX && countNested(bytes) > NESTED_MAX) {
    return tooLarge(`may have ${NESTED_MAX} objects and lists. Send it in parts`)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { ok: true, text, byteCount: bytes.length, bodies: bytes === received ? [received] : [received, bytes] }
  } catch {
    return { ok: false, status: 400, field: '', message: 'is not UTF-8 text' }
  }
}

const [OPEN_OBJECT, OPEN_LIST] = [0x7b, 0x5b]

function countNested(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte === OPEN_OBJECT || byte === OPEN_LIST) count += 1
  return count
}

function tooLarge(message: string): Extract<ReceivedBody, { ok: false }> {
  return { ok: false, status: 413, field: '', message }
}
