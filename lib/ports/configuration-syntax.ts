import type { ConfigurationError, ConfigurationPath } from '../domain/configuration/issue.ts'

export interface Place {
  line: number
  column: number
}

export type ReadText =
  | {
      ok: true
      /** Plain JSON-like data. */
      value: unknown
      /** Where a field stands, counted from 1; for one that is missing, where it would belong. */
      locate(path: ConfigurationPath): Place
    }
  | { ok: false; errors: ConfigurationError[] }

/** The text form of a configuration file. */
export interface ConfigurationSyntax {
  /** Never throws on account of the text. */
  read(text: string): ReadText
  write(value: unknown): string
}
