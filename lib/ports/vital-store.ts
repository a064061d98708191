import type { Device } from '../domain/vital/visitor-facts.ts'
import type { Vital } from '../domain/vital/vital.ts'
import type { Refusal } from './telemetry-format.ts'
import type { Rejection } from './telemetry-store.ts'

/** What one message of a page says. */
export interface PageVisit {
  /** `/orders/:id`. */
  page: string
  /** Empty when the page does not say. */
  release: string
  measures: readonly VitalMeasure[]
}

export interface VitalMeasure {
  /** The metric's own id: the same one again replaces the value. */
  id: string
  metric: Vital
  /** In ms; CLS has no unit. */
  value: number
}

/** The message of a page, as far as it could be read. */
export type VisitReading =
  | {
      ok: true
      /** The key that the page carries. */
      site: string
      visit: PageVisit
      /** What of it is not taken: one by one, and by reason. */
      refusals: readonly Refusal[]
      rejections: readonly Rejection[]
    }
  | { ok: false; field: string; message: string }

/** A visit with what its request says of the visitor, none of which tells who it is. */
export interface StoredVisit extends PageVisit {
  device: Device
  /** ISO 3166 alpha-2, or empty. */
  country: string
  /** A keyed hash of address, browser and project: counted once a day and week, and kept in no form that outlives them. */
  visitor: string
  /** What of the message was not taken. */
  rejections: readonly Rejection[]
}

export interface Site {
  projectId: string
  /** Empty: any. */
  allowedOrigins: readonly string[]
}

/** Where page measurements are kept. Throws when the database is away; nothing of the visit is stored then. */
export interface VitalStore {
  /** Null for a key that is nobody's. */
  findSite(publicKey: string): Promise<Site | null>
  storeVisit(projectId: string, visit: StoredVisit): Promise<{ accepted: number }>
}
