import {
  type DatabaseFigures,
  type DatabaseSnapshot,
  databaseFiguresSchema,
} from '../../../lib/domain/database/schema.ts'
import { takeSnapshot } from '../../../lib/domain/database/snapshot.ts'

/** A quiet database in which nothing is wrong. */
export function figuresOf(changes: Partial<DatabaseFigures> = {}): DatabaseFigures {
  const quiet = {
    version: '18.0',
    database: 'app',
    maxConnections: 100,
    hasFullView: true,
    sizeBytes: 1_000,
    statsResetAt: null,
    blocksHit: 99_000,
    blocksRead: 1_000,
    deadlocks: 0,
    connections: { active: 1, idle: 4 },
    running: [],
  }
  return { ...databaseFiguresSchema.parse(quiet), ...changes }
}

export function snapshotOf(changes: Partial<DatabaseSnapshot> = {}): DatabaseSnapshot {
  const reading = { figures: figuresOf(), machine: null, machineError: null }
  return { ...takeSnapshot(reading, null, null).snapshot, ...changes }
}
