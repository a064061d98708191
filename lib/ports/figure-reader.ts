import type { DatabaseConnection } from '../domain/kpi/connection.ts'
import type { KpiReading } from '../domain/kpi/reading.ts'

export interface FigureQuestion {
  connection: DatabaseConnection
  /** One query that answers one number. */
  sql: string
  /** Also look whether the role could change anything there. */
  inspectsRole: boolean
}

/** Runs a query in somebody's database, read-only and bounded. Never rejects: whatever is wrong is a reading. */
export interface FigureReader {
  read(question: FigureQuestion): Promise<KpiReading>
}
