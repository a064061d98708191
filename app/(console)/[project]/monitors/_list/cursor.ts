import { z } from 'zod'
import type { MonitorCursor } from '@/lib/ports/monitor-reader.ts'

const schema = z.tuple([z.number().int().min(0).max(9), z.string().max(120), z.uuid()])

/** A place in the list as it stands in an address. */
export function formatCursor({ rank, name, id }: MonitorCursor): string {
  return Buffer.from(JSON.stringify([rank, name, id])).toString('base64url')
}

/** Null for the first page, and for an address that somebody cut short: the list then begins at its beginning. */
export function parseCursor(text: unknown): MonitorCursor | null {
  if (typeof text !== 'string') return null
  try {
    const [rank, name, id] = schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { rank, name, id }
  } catch {
    return null
  }
}
