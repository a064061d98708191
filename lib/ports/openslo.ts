import type { SloSpec } from '../domain/slo/slo.ts'

/** An alert on a burn rate, as OpenSLO has it: one window. The short one beside it, a twelfth as long, is Vigie's own. */
export interface BurnAlert {
  slo: string
  name: string
  severity: 'page' | 'ticket'
  factor: number
  longMs: number
  forMs: number
}

export interface OpenSloFile {
  slos: SloSpec[]
  alerts: BurnAlert[]
}

/** What is wrong with a file, and where: `checkout: spec.objectives.0.target`. */
export interface OpenSloFault {
  path: string
  message: string
}

/** Reads and writes SLOs as OpenSLO (openslo/v1). */
export interface OpenSloSyntax {
  /** Every document of the text; one fault refuses it all. */
  read(text: string): ({ ok: true } & OpenSloFile) | { ok: false; faults: OpenSloFault[] }
  write(file: OpenSloFile): string
}
