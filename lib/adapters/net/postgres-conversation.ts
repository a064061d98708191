import type { Socket } from 'node:net'
import { hideSecrets } from '../../domain/probe/quote.ts'
import { classifyError, type NetFailure, netFailure } from './net-failure.ts'
import { PostgresAuthentication } from './postgres-authentication.ts'
import {
  cancelRequest,
  MessageReader,
  queryMessage,
  readError,
  readFirstColumn,
  startupMessage,
  terminateMessage,
} from './postgres-message.ts'

/** What is asked answers a row or two, or a list that its question bounds; more is a mistake in the configuration. */
const MAX_BYTES = 1_048_576
const SERVER_TEXT_MAX_CHARS = 200

export interface PostgresLogin {
  user: string
  password: string
  database: string
}

export interface QueryAnswer {
  rows: number
  /** The first column of the first row as text; null where there is none. */
  first: string | null
}

/** Postgres itself refused: `sqlState` says why. */
export type QueryFailure = NetFailure & { sqlState: string }

/** What to ask next, knowing all answers so far; null when everything has been asked. */
export type NextQuery = (answers: readonly (QueryAnswer | QueryFailure)[]) => string | null

/**
 * Signs in and asks one query after the other in the simple protocol. Spoken here rather than by a client library, because a
 * target may be hostile: a client built for one's own database reads messages of any announced length and derives keys with any
 * number of rounds, on the main thread. Errors that Postgres itself reports have cause `query`, a refused password among
 * them: the server is there and answers, it just does not do what the monitor asks.
 */
export class PostgresConversation {
  readonly #socket: Socket
  readonly #login: PostgresLogin
  readonly #next: NextQuery
  readonly #settle: (value: { answers: (QueryAnswer | QueryFailure)[] } | NetFailure) => void
  readonly #reader = new MessageReader(MAX_BYTES)
  readonly #authentication: PostgresAuthentication
  #backendKey: Buffer | null = null
  #asked = false
  #answer: QueryAnswer = { rows: 0, first: null }
  #answers: (QueryAnswer | QueryFailure)[] = []
  #error: QueryFailure | null = null

  constructor(
    socket: Socket,
    login: PostgresLogin,
    next: NextQuery,
    settle: (value: { answers: (QueryAnswer | QueryFailure)[] } | NetFailure) => void,
  ) {
    this.#socket = socket
    this.#login = login
    this.#next = next
    this.#settle = settle
    this.#authentication = new PostgresAuthentication(socket, login, (message) => this.#fail(message))
  }

  start(): void {
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    this.#socket.on('error', (error) => this.#settle(classifyError(error, 'postgres')))
    this.#socket.on('close', () => this.#settle(this.#error ?? classifyError({ code: 'ECONNRESET' }, 'postgres')))
    this.#socket.write(startupMessage(this.#login.user, this.#login.database))
  }

  /**
   * What to send over a second connection to stop the query, or null when none is running. Postgres notices a vanished client only
   * when it next writes: without this, a monitor of a hanging query would leave one more of them running at each probe.
   */
  get cancellation(): Buffer | null {
    return this.#asked && this.#backendKey !== null ? cancelRequest(this.#backendKey) : null
  }

  #receive(chunk: Buffer): void {
    for (const message of this.#reader.read(chunk)) {
      if (message !== null) this.#handle(message.type, message.payload)
      else this.#fail('postgres: an answer is malformed or larger than 1 MiB')
    }
  }

  #fail(message: string): void {
    this.#settle(netFailure('protocol', message))
    this.#socket.destroy()
  }

  #handle(type: string, payload: Buffer): void {
    switch (type) {
      case 'R':
        void this.#authentication.answer(payload)
        return
      case 'K':
        this.#backendKey = Buffer.from(payload)
        return
      case 'D':
        if (this.#answer.rows === 0) this.#answer.first = readFirstColumn(payload)
        this.#answer.rows += 1
        return
      case 'E':
        this.#error = this.#describe(payload)
        // Before the first ReadyForQuery an error ends the connection, and some servers are slow to close it.
        if (!this.#asked) this.#settle(this.#error)
        return
      case 'Z':
        this.#ready()
        return
    }
  }

  #ready(): void {
    if (this.#asked) this.#answers.push(this.#error ?? this.#answer)
    this.#error = null
    this.#answer = { rows: 0, first: null }
    const query = this.#next(this.#answers)
    this.#asked = query !== null
    if (query !== null) {
      this.#socket.write(queryMessage(query))
      return
    }
    this.#socket.end(terminateMessage())
    this.#settle({ answers: this.#answers })
  }

  #describe(payload: Buffer): QueryFailure {
    const { code, message } = readError(payload)
    const text = hideSecrets(message, [this.#login.password]).slice(0, SERVER_TEXT_MAX_CHARS)
    return { ...netFailure('query', `postgres answered: ${text} (${code})`), sqlState: code }
  }
}
