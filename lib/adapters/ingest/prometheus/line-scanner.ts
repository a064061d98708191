/** What was expected where the reading of a line stopped, and the rest of the line from there. */
export interface LineFault {
  expected: string
  got: string
}

const BLANKS = /[ \t]*/y
const GOT_MAX_CHARS = 200

/**
 * Goes through a line from left to right. The first fault stays, and whatever is asked for after it is empty: the caller looks once, at
 * the end. Strict scanners (OpenMetrics) know no blanks but the one space between parts.
 */
export class LineScanner {
  readonly line: string
  readonly isStrict: boolean
  at = 0
  fault: LineFault | null = null

  constructor(line: string, isStrict: boolean) {
    this.line = line
    this.isStrict = isStrict
  }

  get isOver(): boolean {
    return this.at >= this.line.length || this.fault !== null
  }

  is(text: string): boolean {
    return this.fault === null && this.line.startsWith(text, this.at)
  }

  /** Moves behind the match of a sticky pattern; answers its first group, or all of it. */
  take(pattern: RegExp, expected: string): string {
    if (this.fault !== null) return ''
    pattern.lastIndex = this.at
    const match = pattern.exec(this.line)
    if (match === null) return this.fail(expected)
    this.at = pattern.lastIndex
    return match[1] ?? match[0]
  }

  skip(text: string, expected: string): void {
    if (this.is(text)) this.at += text.length
    else this.fail(expected)
  }

  /** Nothing where blanks are not allowed. */
  blanks(): void {
    if (!this.isStrict) this.take(BLANKS, 'a blank')
  }

  fail(expected: string): '' {
    const got = this.line.slice(this.at, this.at + GOT_MAX_CHARS)
    this.fault ??= { expected, got: got === '' ? 'nothing' : got }
    return ''
  }
}
