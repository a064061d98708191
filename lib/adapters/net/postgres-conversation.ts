import type { Socket } from 'node:net'
import { hideSecrets } from '../../domain/probe/quote.ts'
import { classifyError, type NetFailure, netFailure } from './net-failure.ts'
import {
  cancelRequest,
  MessageReader,
  passwordMessage,
  queryMessage,
  readError,
  saslInitialResponse,
  saslResponse,
  startupMessage,
  terminateMessage,
} from './postgres-message.ts'
import { md5Response, ScramClient } from './postgres-sign-in.ts'

/** A probe's query answers a row or two; more is a mistake in the configuration. */
const MAX_BYTES = 1_048_576
const SERVER_TEXT_MAX_CHARS = 200

export interface PostgresLogin {
  user: string
  password: string
  database: string
  query: string
}

export interface QueryAnswer {
  rows: number
}

/**
 * Signs in, runs one query in the simple protocol and counts its rows. Spoken here rather than by a client library, because a
 * target may be hostile: a client built for one's own database reads messages of any announced length and derives keys with any
 * number of rounds, on the main thread. Errors that Postgres itself reports have cause `query`, a refused password among
 * them: the server is there and answers, it just does not do what the monitor asks.
 */
export class PostgresConversation {
  readonly #socket: Socket
  readonly #login: PostgresLogin
  readonly #settle: (value: QueryAnswer | NetFailure) => void
  readonly #reader = new MessageReader(MAX_BYTES)
  readonly #scram: ScramClient
  #backendKey: Buffer | null = null
  #asked = false
  #rows = 0
  #error: NetFailure | null = null

  constructor(socket: Socket, login: PostgresLogin, settle: (value: QueryAnswer | NetFailure) => void) {
    this.#socket = socket
    this.#login = login
    this.#settle = settle
    this.#scram = new ScramClient(login.password)
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
        void this.#authenticate(payload)
        return
      case 'K':
        this.#backendKey = Buffer.from(payload)
        return
      case 'D':
        this.#rows += 1
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
    if (!this.#asked) {
      this.#asked = true
      this.#socket.write(queryMessage(this.#login.query))
      return
    }
    this.#asked = false
    this.#socket.end(terminateMessage())
    this.#settle(this.#error ?? { rows: this.#rows })
  }

  async #authenticate(payload: Buffer): Promise<void> {
    const method = payload.length >= 4 ? payload.readInt32BE(0) : -1
    const data = payload.subarray(4)
    const { user, password } = this.#login
    if (method === 0) return
    if (method === 3) this.#socket.write(passwordMessage(password))
    else if (method === 5) this.#socket.write(passwordMessage(md5Response(user, password, data)))
    else if (method === 10 && data.toString().split('\0').includes('SCRAM-SHA-256'))
      this.#socket.write(saslInitialResponse('SCRAM-SHA-256', this.#scram.opening))
    else if (method === 11) await this.#continueScram(data.toString())
    else if (method !== 12) this.#fail(`postgres: sign-in method ${method} is not supported`)
    else if (!this.#scram.confirms(data.toString()))
      this.#fail('postgres: the server could not prove that it knows the password')
  }

  async #continueScram(serverFirst: string): Promise<void> {
    const response = await this.#scram.answer(serverFirst)
    if (response === null) this.#fail('postgres: the server breaks the SCRAM-SHA-256 protocol')
    else if (!this.#socket.destroyed) this.#socket.write(saslResponse(response))
  }

  #describe(payload: Buffer): NetFailure {
    const { code, message } = readError(payload)
    const text = hideSecrets(message, [this.#login.password]).slice(0, SERVER_TEXT_MAX_CHARS)
    return netFailure('query', `postgres answered: ${text} (${code})`)
  }
}
