import { randomUUID } from 'node:crypto'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import type { LogRecord } from '../../lib/domain/log/record.ts'
import type { ScalarSample, SeriesIdentity, SeriesSamples } from '../../lib/domain/series/sample.ts'
import { type Instant, toIso } from '../../lib/domain/time/instant.ts'
import type { TelemetryBatch } from '../../lib/ports/telemetry-store.ts'
import { type FakeDatabaseClock, useFakeClock } from './postgres.ts'
import { type TestStack, testStack } from './stack.ts'

/** Twenty past nine in the morning of a day that began long enough ago for a day of samples. */
export const NOW: Instant = Date.UTC(2026, 10, 20, 21, 20)

/** A real database with a clock of its own and a project to send to. */
export async function telemetrySupport() {
  const stack: TestStack = await testStack()
  // biome-ignore lint/correctness/useHookAtTopLevel: not a hook of React, whatever its name begins with
  const clock: FakeDatabaseClock = await useFakeClock(stack.sql, NOW)
  const store = createTelemetryStore(stack.service as never)
  const addProject = async (slug: string): Promise<string> => {
    const [row] = await stack.sql<
      { id: string }[]
    >`insert into public.projects (slug, name) values (${slug}, ${slug}) returning id`
    return row?.id ?? ''
  }
  const send = (projectId: string, parts: Partial<TelemetryBatch>) =>
    store.storeBatch({
      projectId,
      source: 'json',
      digest: randomUUID(),
      series: [],
      logs: [],
      rejections: [],
      ...parts,
    })
  const rollUp = async () => {
    while ((await store.rollUp()).hasMore);
  }
  return { stack, clock, store, addProject, send, rollUp }
}

export function identity(changes: Partial<SeriesIdentity> = {}): SeriesIdentity {
  return {
    name: 'x',
    kind: 'gauge',
    temporality: null,
    unit: '1',
    environment: 'production',
    attributes: {},
    ...changes,
  }
}

export function scalars(changes: Partial<SeriesIdentity>, samples: readonly Partial<ScalarSample>[]): SeriesSamples {
  return {
    series: identity(changes) as never,
    samples: samples.map((sample) => ({ at: NOW, startAt: null, value: 0, ...sample })),
  }
}

export function line(changes: Partial<LogRecord> = {}): LogRecord {
  return {
    at: NOW,
    id: null,
    severity: 9,
    service: 'shop',
    environment: 'production',
    message: 'created',
    attributes: {},
    requestId: null,
    userId: null,
    traceId: null,
    source: 'json',
    measured: null,
    ...changes,
  }
}

export interface Asked {
  metric: string
  aggregate?: string
  where?: Record<string, string | null>
  groupBy?: string[]
  from: Instant
  until: Instant
  stepSeconds: number
}

/** Asks as a signed-in person does. */
export function asker(client: TestStack['service'], projectId: string) {
  return async ({ metric, aggregate = 'avg', where = {}, groupBy = [], from, until, stepSeconds }: Asked) => {
    const { data, error } = await client.rpc('query_series', {
      p_project_id: projectId,
      p_metric: metric,
      p_where: where,
      p_group_by: groupBy,
      p_from: toIso(from),
      p_until: toIso(until),
      p_step_seconds: stepSeconds,
      p_aggregate: aggregate,
    })
    if (error) throw new Error(error.message)
    return data as {
      kind: string
      unit: string
      groups_total: number
      lines: { group: string[]; points: [number, number][] }[]
    } | null
  }
}
