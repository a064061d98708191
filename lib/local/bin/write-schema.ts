import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configurationJsonSchema } from '../../adapters/configuration/json-schema.ts'

/** `node --import tsx lib/local/bin/write-schema.ts`, after a change of what vigie.yaml may hold. A test tells when it is due. */
const target = fileURLToPath(new URL('../../../docs/vigie.schema.json', import.meta.url))
writeFileSync(target, `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`)
