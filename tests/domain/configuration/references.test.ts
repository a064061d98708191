import { expect, test } from 'vitest'
import { toDesired } from '../../../lib/domain/configuration/desired.ts'
import { findWrongDependencies } from '../../../lib/domain/configuration/references.ts'
import { configurationFileSchema } from '../../../lib/domain/configuration/schema.ts'

/** A file with monitors that depend on each other like this. */
const messages = (dependsOn: Record<string, string[]>) => {
  const monitors = Object.fromEntries(
    Object.entries(dependsOn).map(([key, keys]) => [key, { kind: 'tcp', host: 'a.test', port: 1, dependsOn: keys }]),
  )
  const file = configurationFileSchema.parse({ version: 1, project: { slug: 'shop', name: 'Shop' }, monitors })
  return findWrongDependencies(toDesired(file), null).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('monitors of a file may depend on each other in any order', () => {
  expect(messages({ api: ['database'], database: [], shop: ['api', 'database'] })).toEqual([])
})

test.each<[string, Record<string, string[]>, string[]]>([
  [
    'a key that is not there',
    { api: ['databse'], database: [] },
    ['monitors.api.dependsOn.0: there is no monitor "databse": did you mean database?'],
  ],
  ['itself', { api: ['api'] }, ['monitors.api.dependsOn.0: monitors would depend on each other: api → api']],
  [
    'a circle, told at each of its members',
    { a: ['b'], b: ['c'], c: ['a'] },
    [
      'monitors.a.dependsOn.0: monitors would depend on each other: a → b → c → a',
      'monitors.b.dependsOn.0: monitors would depend on each other: b → c → a → b',
      'monitors.c.dependsOn.0: monitors would depend on each other: c → a → b → c',
    ],
  ],
])('%s is refused', (_name, dependsOn, expected) => {
  expect(messages(dependsOn)).toEqual(expected)
})
