import type { Socket } from 'node:net'
import { classifyError, type NetFailure, netFailure } from './net-failure.ts'
import { PostgresAuthentication } from './postgres-authentication.ts'
import {
  cancelRequest,
  MessageReader,
  queryMessage,
  readColumnTypes,
  readError,
  readRow,
  startupMessage,
  terminateMessage,
} from './postgres-message.ts'

/** A conversation answers a handful of small rows; more is a mistake in the query or a hostile server. */
const MAX_BYTES = 1_048_576

/** What came back until the server was ready again. */
export interface Exchange {
  /** OIDs of the columns; null when the statement answers no rows. */
  columnTypes: number[] | null
  rows: (string | null)[][]
  error: { code: string; message: string } | null
}

/**
 * A conversation with Postgres in turns: sends messages, and resolves with what came until the server was ready again. Like
 * `PostgresConversation` it trusts nothing that comes from the other side.
 */
export class PostgresTurns {
  readonly #socket: Socket
  readonly #reader = new MessageReader(MAX_BYTES)
  readonly #authentication: PostgresAuthentication
  #backendKey: Buffer | null = null
  #isOpen = false
  #current: { exchange: Exchange; resolve: (value: Exchange | NetFailure) => void } | null = null
  #broken: NetFailure | null = null

  constructor(socket: Socket, login: { user: string; password: string }) {
    this.#socket = socket
    this.#authentication = new PostgresAuthentication(socket, login, (message) => this.#break('protocol', message))
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => this.#end(classifyError(error, 'postgres')))
    socket.on('close', () => this.#end(classifyError({ code: 'ECONNRESET' }, 'postgres')))
  }

  /** Signs in. */
  open(user: string, database: string): Promise<Exchange | NetFailure> {
    return this.send(startupMessage(user, database))
  }

  /** One turn; the next one begins after it. */
  send(messages: Buffer): Promise<Exchange | NetFailure> {
    if (this.#broken !== null) return Promise.resolve(this.#broken)
    return new Promise((resolve) => {
      this.#current = { exchange: { columnTypes: null, rows: [], error: null }, resolve }
      this.#socket.write(messages)
    })
  }

  /** Takes back whatever is not committed, for poolers that keep the connection, and hangs up. */
  close(): void {
    this.#socket.end(Buffer.concat([queryMessage('rollback'), terminateMessage()]))
  }

  /** What to send over a second connection to stop the statement that runs; null when none does. */
  get cancellation(): Buffer | null {
    return this.#isOpen && this.#current !== null && this.#backendKey !== null ? cancelRequest(this.#backendKey) : null
  }

  #receive(chunk: Buffer): void {
    for (const message of this.#reader.read(chunk)) {
      if (message !== null) this.#handle(message.type, message.payload)
      else this.#break('protocol', 'postgres: an answer is malformed or larger than 1 MiB')
    }
  }

  #handle(type: string, payload: Buffer): void {
    if (type === 'R') void this.#authentication.answer(payload)
    else if (type === 'K') this.#backendKey = Buffer.from(payload)
    else if (this.#current !== null) this.#collect(type, payload, this.#current.exchange)
  }

  #collect(type: string, payload: Buffer, exchange: Exchange): void {
    if (type === 'T') {
      exchange.columnTypes = readColumnTypes(payload)
      if (exchange.columnTypes === null)
        this.#break('protocol', 'postgres: the description of the columns is malformed')
    } else if (type === 'D') {
      const row = readRow(payload)
      if (row === null) this.#break('protocol', 'postgres: a row is malformed')
      else exchange.rows.push(row)
    } else if (type === 'E') {
      exchange.error ??= readError(payload)
      // Before it is ready for the first time, an error ends the connection, and some servers are slow to close it.
      if (!this.#isOpen) this.#finish(exchange)
    } else if (type === 'Z') {
      this.#isOpen = true
      this.#finish(exchange)
    }
  }

  #finish(value: Exchange | NetFailure): void {
    const current = this.#current
    this.#current = null
    current?.resolve(value)
  }

  #break(cause: NetFailure['cause'], message: string): void {
    this.#end(netFailure(cause, message))
    this.#socket.destroy()
  }

  #end(failure: NetFailure): void {
    this.#broken ??= failure
    this.#finish(this.#broken)
  }
}
