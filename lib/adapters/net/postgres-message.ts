/** The few messages of PostgreSQL's protocol 3.0 that a probe speaks (PostgreSQL manual, "Message Formats"). */

const PROTOCOL_3 = 196_608
const SSL_REQUEST = 80_877_103
const CANCEL_REQUEST = 80_877_102

export function sslRequest(): Buffer {
  return withLength(int32(SSL_REQUEST))
}

/** `key` is the payload of BackendKeyData: process id and secret. */
export function cancelRequest(key: Buffer): Buffer {
  return withLength(Buffer.concat([int32(CANCEL_REQUEST), key]))
}

/** Only parameters that connection poolers accept too. */
export function startupMessage(user: string, database: string): Buffer {
  const parameters = ['user', user, 'database', database, 'application_name', 'vigie', 'client_encoding', 'UTF8']
  return withLength(Buffer.concat([int32(PROTOCOL_3), ...parameters.map(cString), Buffer.from([0])]))
}

export function queryMessage(sql: string): Buffer {
  return tagged('Q', cString(sql))
}

export function terminateMessage(): Buffer {
  return tagged('X', Buffer.alloc(0))
}

/** PasswordMessage, for clear text and MD5. */
export function passwordMessage(password: string): Buffer {
  return tagged('p', cString(password))
}

export function saslInitialResponse(mechanism: string, response: string): Buffer {
  const bytes = Buffer.from(response)
  return tagged('p', Buffer.concat([cString(mechanism), int32(bytes.length), bytes]))
}

export function saslResponse(response: string): Buffer {
  return tagged('p', Buffer.from(response))
}

/** Severity, SQLSTATE and text of an ErrorResponse. */
export function readError(payload: Buffer): { code: string; message: string } {
  const fields = new Map<string, string>()
  for (const field of payload.toString('utf8').split('\0'))
    if (field !== '') fields.set(field.charAt(0), field.slice(1))
  return { code: fields.get('C') ?? 'no code', message: fields.get('M') ?? 'no message' }
}

/** The first column of a DataRow in text format; null when it is null, or when the message is not what it says. */
export function readFirstColumn(payload: Buffer): string | null {
  if (payload.length < 6 || payload.readInt16BE(0) < 1) return null
  const length = payload.readInt32BE(2)
  return length < 0 || payload.length < 6 + length ? null : payload.toString('utf8', 6, 6 + length)
}

/**
 * Cuts a stream into messages. Yields null once when a message or the whole conversation is larger than `maxBytes`, since a
 * server may announce four gigabytes and mean it.
 */
export class MessageReader {
  #pending: Buffer = Buffer.alloc(0)
  #received = 0
  readonly maxBytes: number

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  *read(chunk: Buffer): Generator<{ type: string; payload: Buffer } | null> {
    this.#received += chunk.length
    if (this.#received > this.maxBytes) return yield null
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    while (this.#pending.length >= 5) {
      const length = this.#pending.readUInt32BE(1)
      if (length < 4 || length > this.maxBytes) return yield null
      if (this.#pending.length < length + 1) return
      const type = this.#pending.toString('latin1', 0, 1)
      const payload = this.#pending.subarray(5, length + 1)
      this.#pending = this.#pending.subarray(length + 1)
      yield { type, payload }
    }
  }
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** A zero byte would end the text early and let the rest be read as another field. */
function cString(text: string): Buffer {
  return Buffer.from(`${text.replaceAll('\0', '')}\0`)
}

function withLength(payload: Buffer): Buffer {
  return Buffer.concat([int32(payload.length + 4), payload])
}

function tagged(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), withLength(payload)])
}
