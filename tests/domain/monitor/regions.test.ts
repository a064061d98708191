import { describe, expect, test } from 'vitest'
import { type MonitorSpec, monitorBaseSchema, monitorTargetSchema } from '../../../lib/domain/monitor/config.ts'
import { findWrongRegions } from '../../../lib/domain/monitor/schema-regions.ts'

const TARGETS = {
  http: { kind: 'http', config: { url: 'https://a.test/' } },
  heartbeat: { kind: 'heartbeat', config: {} },
  kept: { kind: 'prometheus', config: { url: 'https://a.test/metrics', collect: true } },
  scraped: { kind: 'prometheus', config: { url: 'https://a.test/metrics', collect: false } },
} as const

function monitor(target: keyof typeof TARGETS, regions: string[], quorum: unknown = 'majority'): MonitorSpec {
  return {
    ...monitorBaseSchema.parse({ key: 'a', name: 'A', regions, quorum }),
    ...monitorTargetSchema.parse(TARGETS[target]),
  }
}

test('regions are a set: order and repetition say nothing', () => {
  expect(monitor('http', ['sin1', 'fra1', 'sin1']).regions).toEqual(['fra1', 'sin1'])
})

test('a monitor that says nothing is probed from one place, and a majority decides', () => {
  expect(monitorBaseSchema.parse({ key: 'a', name: 'A' })).toMatchObject({ regions: [], quorum: 'majority' })
})

test.each([
  ['regions', ['Fra1']],
  ['regions', ['fra1 ,iad1']],
  ['regions', ['']],
  ['regions', Array.from({ length: 11 }, (_, index) => `r${index}`)],
  ['quorum', 'most'],
  ['quorum', 0],
  ['quorum', 11],
  ['quorum', 1.5],
  ['quorum', '2'],
])('%s %j is refused', (field, value) => {
  const parsed = monitorBaseSchema.safeParse({ key: 'a', name: 'A', [field]: value })
  expect(parsed.error?.issues[0]?.path[0]).toBe(field)
})

describe('what cannot be meant is refused at its field', () => {
  test.each<[string, MonitorSpec, string[]]>([
    ['a heartbeat from regions', monitor('heartbeat', ['fra1']), ['regions']],
    ['kept samples from regions', monitor('kept', ['fra1']), ['regions']],
    ['more than there are', monitor('http', ['fra1', 'iad1'], 3), ['quorum']],
    ['two of the one place', monitor('http', [], 2), ['quorum']],
  ])('%s', (_name, spec, fields) => {
    expect(findWrongRegions(spec).map(({ field }) => field)).toEqual(fields)
  })

  test.each<[string, MonitorSpec]>([
    ['all of two', monitor('http', ['fra1', 'iad1'], 2)],
    ['one of none, which is the one place', monitor('http', [], 1)],
    ['samples that are not kept', monitor('scraped', ['fra1', 'iad1'])],
    ['a heartbeat without any', monitor('heartbeat', [])],
  ])('%s may be', (_name, spec) => {
    expect(findWrongRegions(spec)).toEqual([])
  })
})
