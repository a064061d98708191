import type { DatabaseReading } from '../domain/database/snapshot.ts'
import type { ConnectionParts, DatabaseFailure } from '../domain/database/source.ts'

/** Where the metrics of the machine under a database are, and the key that opens them. */
export interface MachineAddress {
  projectRef: string
  key: string
}

/** Looks into one database once. Never rejects for what is wrong with the target; bounded in time whatever the target does. */
export interface DatabaseCollector {
  /** `connection` is null for the database of the installation; `machine` where nothing is to be asked about the machine. */
  collect(
    connection: ConnectionParts | null,
    machine: MachineAddress | null,
  ): Promise<{ ok: true; reading: DatabaseReading } | { ok: false; failure: DatabaseFailure }>
}
