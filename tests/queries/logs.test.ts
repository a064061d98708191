import { beforeAll, describe, expect, test } from 'vitest'
import { createTelemetryReader } from '../../lib/adapters/supabase/telemetry-reader.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import type { TelemetryReader } from '../../lib/ports/telemetry-reader.ts'
import { type LogRequest, readLogs } from '../../lib/queries/logs.ts'
import { line, NOW, telemetrySupport } from '../support/telemetry.ts'

const STATUSES = [200, 404, 429, 499, 500, 503, 599]
const ALL: LogRequest = {
  level: null,
  status: null,
  service: null,
  request: null,
  q: null,
  range: '1h',
  from: null,
  to: null,
  at: null,
  below: null,
}

let reader: TelemetryReader
let projectId: string
beforeAll(async () => {
  const { stack, addProject, send } = await telemetrySupport()
  projectId = await addProject('logs')
  const requests = STATUSES.map((statusCode, index) =>
    line({
      id: `r${index}`,
      at: NOW - index * MINUTE,
      message: `answered ${statusCode}`,
      measured: { kind: 'request', method: 'GET', route: '/', statusCode, durationMs: null },
    }),
  )
  await send(projectId, { logs: [...requests, line({ id: 'said', at: NOW - MINUTE, message: 'hello' })] })
  reader = createTelemetryReader((await stack.user('viewer', projectId)).client as never)
})
const messages = async (changes: Partial<LogRequest>) =>
  (await readLogs(reader, projectId, { ...ALL, ...changes }, NOW)).lines.map(({ message }) => message)

describe('lines by the status of their requests', () => {
  test.each([
    ['5xx', ['answered 500', 'answered 503', 'answered 599']],
    ['429', ['answered 429']],
  ] as const)('%s', async (status, expected) => {
    expect(await messages({ status })).toEqual(expected)
  })
  test('without one, all lines, those of no request too', async () => {
    expect(await messages({})).toHaveLength(STATUSES.length + 1)
  })
})

describe('a span of its own', () => {
  const from = NOW - MINUTE
  test('holds what began in it, and not what began at its end', async () => {
    expect((await messages({ from, to: NOW })).sort()).toEqual(['answered 404', 'hello'])
  })
  test.each([
    ['its beginning alone', { from }],
    ['its end alone', { to: NOW - MINUTE }],
    ['an end before its beginning', { from, to: from - 1 }],
  ])('with %s is none', async (_, changes) => {
    expect(await messages(changes)).toHaveLength(STATUSES.length + 1)
  })
})
