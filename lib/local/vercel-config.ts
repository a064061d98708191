import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The parts of vercel.json that the local stack obeys as well. */
export interface VercelConfig {
  crons: { path: string; schedule: string }[]
  rewrites: { source: string; destination: string }[]
}

/** Reads vercel.json of the project. Throws when it is no JSON: nothing would run on schedule. */
export function readVercelConfig(root: string): VercelConfig {
  const config = JSON.parse(readFileSync(join(root, 'vercel.json'), 'utf8')) as Partial<VercelConfig>
  return { crons: config.crons ?? [], rewrites: config.rewrites ?? [] }
}
