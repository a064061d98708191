import type { OpenSloSyntax } from '../../ports/openslo.ts'
import { readOpenSlo } from './read.ts'
import { writeOpenSlo } from './write.ts'

/** OpenSLO v1 over YAML. What is counted names Vigie's own series and monitors, as the data source `vigie`. */
export const openSloSyntax: OpenSloSyntax = { read: readOpenSlo, write: writeOpenSlo }
