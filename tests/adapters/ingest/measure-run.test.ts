import { expect, test } from 'vitest'
import { readJsonLogs } from '../../../lib/adapters/ingest/json/logs.ts'
import { measureMessage } from '../../../lib/adapters/ingest/measure-run.ts'
import { readOtlpLogs } from '../../../lib/adapters/ingest/otlp/logs.ts'
import { readVercelDrain } from '../../../lib/adapters/ingest/vercel/logs.ts'
import type { ReadTelemetry } from '../../../lib/ports/telemetry-format.ts'

const AT = 1_770_000_000_000
const RUN = { type: 'metric', function: 'sync', duration: 120, status: 'success' }
const PRINTED = JSON.stringify(RUN)
const attributes = Object.entries(RUN).map(([key, value]) => ({ key, value: { stringValue: String(value) } }))
const otlp = (record: object) => JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })

test.each<[string, ReadTelemetry]>([
  ['a JSON line', readJsonLogs(PRINTED, AT)],
  ['the message of a JSON line', readJsonLogs(JSON.stringify({ message: `${PRINTED}\n` }), AT)],
  ['the body of an OTLP record', readOtlpLogs(otlp({ body: { stringValue: PRINTED } }), AT)],
  ['the attributes of an OTLP record', readOtlpLogs(otlp({ attributes }), AT)],
  [
    'a line of a Vercel drain',
    readVercelDrain(JSON.stringify({ id: '1', timestamp: AT, source: 'lambda', level: 'info', message: PRINTED })),
  ],
])('a run is found in %s', (_, read) => {
  const measured = { kind: 'function', name: 'sync', failed: false, durationMs: 120 }
  expect(read).toMatchObject({ ok: true, reading: { logs: [{ measured }] } })
})

test.each([
  ['{"type":"error","function":"sync","error":"boom"}', { failed: true, durationMs: null }],
  ['{"type":"metric","function":"sync","duration":5,"status":"timeout"}', { failed: true, durationMs: 5 }],
  ['{"type":"metric","function":"sync","duration":-1}', { failed: false, durationMs: null }],
  ['{"type":"metric","function":""}', null],
  ['{"type":"report","function":"sync"}', null],
  ['{"function":"sync"', null],
  ['["function"]', null],
  ['the "function" sync', null],
  [`{"type":"metric","function":"sync","note":"${'x'.repeat(5_000)}"}`, null],
])('%s', (message, expected) => {
  const measured = measureMessage(message)
  if (expected === null) expect(measured).toBeNull()
  else expect(measured).toMatchObject({ name: 'sync', ...expected })
})
