import { suggestName } from '../monitor/suggest-name.ts'
import { type Fault, sayFault } from './fault.ts'
import type { Expected, Phrase } from './fault-phrases.ts'

/** Where a line cannot be read. `column` counts from 1; `message` is the fault as a whole English sentence without it. */
export interface LineError {
  column: number
  message: string
  fault: Fault
}

export function lineError(column: number, fault: Fault): LineError {
  return { column, message: sayFault(fault, 'en'), fault }
}

/** Thrown within the parser alone: `parseOneLine` answers it as a value. */
export class LineFault extends Error {
  readonly fault: LineError
  constructor(fault: LineError) {
    super(fault.message)
    this.fault = fault
  }
}

export interface Token {
  kind: 'word' | 'text' | 'sign' | 'end'
  /** As it was written; of a text what stands between the quotes. */
  text: string
  /** From 0. */
  at: number
}

/** Words hold everything that names, numbers and durations are made of; what separates them is a sign of its own. */
const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|([\p{L}\p{N}_.%*$](?:[\p{L}\p{N}_.%*$+-]|:(?=[^\s"])|\/(?=[\p{L}_]))*)|(==|>=|<=|[-><={}()[\],/:])|$)/uy

/** Reads a line token by token, with errors that say where, what was found and what could stand there. */
export class LineScanner {
  readonly line: string
  private readonly tokens: readonly Token[]
  private index = 0

  constructor(line: string) {
    this.line = line
    this.tokens = tokensOf(line)
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)] ?? { kind: 'end', text: '', at: 0 }
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.index += 1
    return token
  }

  /** Takes the next token when it is one of these words or signs. */
  take(...wanted: readonly string[]): string | null {
    const { kind, text } = this.peek()
    if (kind === 'text' || !wanted.includes(text)) return null
    this.index += 1
    return text
  }

  /** Takes words in a row, or none of them. */
  takeAll(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.peek(index).kind !== 'text' && this.peek(index).text === word)) return false
    this.index += words.length
    return true
  }

  expect(wanted: string, where: Phrase, what?: string): void {
    if (this.take(wanted) !== null) return
    this.fail({ sign: wanted, where, ...(what === undefined ? {} : { what }) }, [wanted])
  }

  /** A name: a bare word, or anything in quotes. */
  name(what: Phrase): Token {
    const token = this.peek()
    if (token.kind !== 'word' && token.kind !== 'text') this.fail(what, [])
    return this.next()
  }

  /** Ends reading with what was found and what could stand there; names that are near are suggested. */
  fail(allowed: Expected, names: readonly string[], token: Token = this.peek()): never {
    const near = token.kind === 'word' ? suggestName(token.text, names) : null
    const found = token.kind === 'end' ? null : token.text
    this.refuse(token, { code: 'expected', values: { found, allowed, near: near === token.text ? null : near } })
  }

  /** Ends reading with a fault at a token. */
  refuse(token: Token, fault: Fault): never {
    throw new LineFault(lineError(token.at + 1, fault))
  }
}

function tokensOf(line: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (;;) {
    const from = TOKEN.lastIndex
    const found = TOKEN.exec(line)
    if (found === null) {
      const at = from + (/^\s*/.exec(line.slice(from))?.[0].length ?? 0)
      throw new LineFault(lineError(at + 1, strayCharacter(line[at] ?? '')))
    }
    const [whole, text, word, sign] = found
    const part = text ?? word ?? sign
    if (part === undefined) return [...tokens, { kind: 'end', text: '', at: line.length }]
    const at = from + whole.length - part.length
    if (text !== undefined) tokens.push({ kind: 'text', text: unquote(text, at), at })
    else tokens.push({ kind: word === undefined ? 'sign' : 'word', text: part, at })
  }
}

function strayCharacter(character: string): Fault {
  return character === '"' ? { code: 'open_quote', values: null } : { code: 'stray_character', values: { character } }
}

function unquote(text: string, at: number): string {
  try {
    return String(JSON.parse(text))
  } catch {
    throw new LineFault(lineError(at + 1, { code: 'bad_text', values: null }))
  }
}
