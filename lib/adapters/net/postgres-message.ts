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

/**
 * Parses one statement without running it and asks for the columns it would answer. The extended protocol refuses a text of several
 * statements, which the simple one would run one after the other.
 */
export function describeMessages(sql: string): Buffer {
  return Buffer.concat([parseMessage(sql), tagged('D', Buffer.concat([Buffer.from('S'), cString('')])), syncMessage()])
}

/** Parses and runs one statement, for at most `maxRows` rows. */
export function executeMessages(sql: string, maxRows: number): Buffer {
  // Unnamed portal and statement; no parameters, and results as text.
  const bind = Buffer.concat([cString(''), cString(''), Buffer.alloc(6)])
  const execute = Buffer.concat([cString(''), int32(maxRows)])
  return Buffer.concat([parseMessage(sql), tagged('B', bind), tagged('E', execute), syncMessage()])
}

function parseMessage(sql: string): Buffer {
  return tagged('P', Buffer.concat([cString(''), cString(sql), Buffer.alloc(2)]))
}

function syncMessage(): Buffer {
  return tagged('S', Buffer.alloc(0))
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

/** The types of the columns of a RowDescription, as OIDs of `pg_type`; null when it is malformed. */
export function readColumnTypes(payload: Buffer): number[] | null {
  if (payload.length < 2) return null
  const count = payload.readInt16BE(0)
  const types: number[] = []
  let at = 2
  for (let column = 0; column < count; column += 1) {
    const end = payload.indexOf(0, at)
    // Name, then table (4), number (2), type (4), size (2), modifier (4) and format (2).
    if (end === -1 || payload.length < end + 19) return null
    types.push(payload.readUInt32BE(end + 7))
    at = end + 19
  }
  return types
}

/** The values of a DataRow as text, null where they are NULL; null altogether when it is malformed. */
export function readRow(payload: Buffer): (string | null)[] | null {
  if (payload.length < 2) return null
  const count = payload.readInt16BE(0)
  const values: (string | null)[] = []
  let at = 2
  for (let column = 0; column < count; column += 1) {
    if (payload.length < at + 4) return null
    const length = payload.readInt32BE(at)
    at += 4
    if (payload.length < at + length) return null
    values.push(length < 0 ? null : payload.toString('utf8', at, at + length))
    at += Math.max(length, 0)
  }
  return values
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
