import type { Instant } from '../../domain/time/instant.ts'

/** A value of a request that is not as it should be; `message` ends the sentence that the field begins. */
export interface FieldError {
  field: string
  message: string
}

export type Parsed<Value> = { ok: true; value: Value } | { ok: false; errors: FieldError[] }

/** Reads the parameters of a request, and gathers every wrong one. */
export class ParameterReader {
  readonly errors: FieldError[] = []
  readonly #parameters: URLSearchParams

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters
  }

  integer(field: string, range: { min: number; max: number; default: number }): number
  integer(field: string, range: { min: number; max: number; default: null }): number | null
  integer(
    field: string,
    { min, max, default: absent }: { min: number; max: number; default: number | null },
  ): number | null {
    const text = this.#parameters.get(field)
    if (text === null) return absent
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= max) return number
    return this.#refuse(field, `must be a whole number from ${min} to ${max}`, text, absent)
  }

  instant(field: string): Instant | null {
    const text = this.#parameters.get(field)
    if (text === null) return null
    // `+` of an offset that nobody encoded arrives as a space.
    const shaped = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+ -]\d\d:\d\d)$/.test(text)
    const at = shaped ? Date.parse(text.replace(/ (\d\d:\d\d)$/, '+$1')) : Number.NaN
    if (!Number.isNaN(at)) return at
    return this.#refuse(field, 'must be an RFC 3339 time such as 2026-11-20T09:00:00Z', text, null)
  }

  choice<Choice extends string>(field: string, choices: readonly Choice[], absent: Choice): Choice {
    const text = this.#parameters.get(field)
    if (text === null) return absent
    const found = choices.find((choice) => choice === text)
    return found ?? this.#refuse(field, `must be one of ${choices.join(', ')}`, text, absent)
  }

  text(field: string, pattern: RegExp, description: string): string | null {
    const text = this.#parameters.get(field)
    if (text === null || pattern.test(text)) return text
    return this.#refuse(field, description, text, null)
  }

  #refuse<Absent>(field: string, message: string, given: string, absent: Absent): Absent {
    this.errors.push({ field, message: `${message} (got ${JSON.stringify(given.slice(0, 60))})` })
    return absent
  }
}
