import zlib from 'node:zlib'
import { type NetFailure, netFailure } from './net-failure.ts'

type Inflate = (data: Buffer, options: zlib.ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void

const CODINGS: Record<string, Inflate> = {
  gzip: zlib.gunzip,
  'x-gzip': zlib.gunzip,
  br: zlib.brotliDecompress,
  deflate: inflateEither,
}

/** RFC 9110 means zlib by "deflate"; some servers send it raw. The low four bits of a zlib header are always 8. */
function inflateEither(
  data: Buffer,
  options: zlib.ZlibOptions,
  done: (error: Error | null, result: Buffer) => void,
): void {
  const isZlib = ((data[0] ?? 0) & 0x0f) === 8
  if (isZlib) zlib.inflate(data, options, done)
  else zlib.inflateRaw(data, options, done)
}

/**
 * Undoes the content coding, in the thread pool. `maxBytes` bounds the result while it grows, so that a bomb of a few
 * kilobytes costs no more memory than an honest body. An unknown coding yields null: there is no text to look into.
 */
export async function decodeContent(
  body: Buffer,
  coding: string | undefined,
  maxBytes: number,
): Promise<Buffer | NetFailure | null> {
  const name = (coding ?? 'identity').trim().toLowerCase()
  if (name === 'identity' || name === '' || body.length === 0) return body
  const inflate = CODINGS[name]
  if (inflate === undefined) return null
  return new Promise((resolve) => {
    inflate(body, { maxOutputLength: maxBytes }, (error, result) => {
      if (error === null) return resolve(result)
      const isBomb = 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      resolve(
        isBomb
          ? netFailure('body_too_large', `the decompressed body is larger than ${maxBytes} bytes`)
          : netFailure('protocol', `the body is not valid ${name}, as its content-encoding says`),
      )
    })
  })
}

/** Text in the charset that the content type names; UTF-8 when it names none or one that is not known (WHATWG Encoding). */
export function decodeText(body: Buffer, contentType: string | undefined): string {
  const charset = /charset="?([^";\s]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase()
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    try {
      return new TextDecoder(charset).decode(body)
    } catch {
      // An invented charset is no reason to fail: most such pages are UTF-8.
    }
  }
  const text = body.toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
