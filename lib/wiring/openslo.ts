import { readOpenSlo } from '../adapters/openslo/read.ts'
import { writeOpenSlo } from '../adapters/openslo/write.ts'
import type { OpenSloSyntax } from '../ports/openslo.ts'

/** OpenSLO v1 over YAML. What is counted names Vigie's own series and monitors, as the source `vigie`. */
export function openSloSyntax(): OpenSloSyntax {
  return { read: readOpenSlo, write: writeOpenSlo }
}
