import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { configurationJsonSchema } from '../../../lib/adapters/configuration/json-schema.ts'

test('docs/vigie.schema.json is what the program checks (else run lib/local/bin/write-schema.ts)', () => {
  const shipped = JSON.parse(readFileSync(new URL('../../../docs/vigie.schema.json', import.meta.url), 'utf8'))
  expect(shipped).toEqual(configurationJsonSchema())
})

test('the schema refuses unknown fields at every level and knows every kind', () => {
  const text = JSON.stringify(configurationJsonSchema())
  for (const kind of [
    'http',
    'tcp',
    'dns',
    'tls',
    'postgres',
    'prometheus',
    'status_page',
    'heartbeat',
    'email',
    'slack',
    'sms',
    'webhook',
  ]) {
    expect(text).toContain(`"const":"${kind}"`)
  }
  expect(configurationJsonSchema()).toMatchObject({ additionalProperties: false, required: ['version', 'project'] })
})
