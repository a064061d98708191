import type { Socket } from 'node:net'
import { passwordMessage, saslInitialResponse, saslResponse } from './postgres-message.ts'
import { md5Response, ScramClient } from './postgres-sign-in.ts'

/** Answers what a server asks at sign-in: nothing, clear text, MD5 or SCRAM-SHA-256. `fail` is told when it asks for something else. */
export class PostgresAuthentication {
  readonly #socket: Socket
  readonly #login: { user: string; password: string }
  readonly #scram: ScramClient
  readonly #fail: (message: string) => void

  constructor(socket: Socket, login: { user: string; password: string }, fail: (message: string) => void) {
    this.#socket = socket
    this.#login = login
    this.#scram = new ScramClient(login.password)
    this.#fail = fail
  }

  /** Takes the payload of an AuthenticationRequest (type `R`). */
  async answer(payload: Buffer): Promise<void> {
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
}
