import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { createDeploymentReader } from '../../lib/adapters/supabase/deployment-reader.ts'
import { createErrorReader } from '../../lib/adapters/supabase/error-reader.ts'
import { readDeployments, readLastBefore, readMarks } from '../../lib/queries/deployments.ts'
import { type ErrorRequest, readErrors } from '../../lib/queries/errors.ts'
import { tellingWorld } from '../commands/telling-world.ts'

const AT = Date.UTC(2026, 10, 20, 9)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const { sql, project, clients, outsider } = await tellingWorld()
const reader = createDeploymentReader(clients.viewer)
const EVERYTHING = { status: null, service: null, environment: null, below: null, above: null }

beforeEach(() => sql`truncate public.deployments, public.error_issues`)

async function deploy(given: Record<string, unknown> = {}): Promise<void> {
  const facts = { service: 'shop', environment: 'production', branch: 'main', commit: '3f1c9a27d0', commit_message: '' }
  const message = { source: 'api', external_id: randomUUID(), url: '', status: 'succeeded', at: AT, ...facts, ...given }
  await sql`select public.store_deployment(${project.id}, ${sql.json(message as never)})`
}

test('pages follow each other without a gap and without a repetition, both ways', async () => {
  for (let number = 0; number < 7; number += 1) await deploy({ external_id: String(number) })
  const page = async (position: { below?: number | null; above?: number | null }) =>
    (await readDeployments(reader, project.id, { ...EVERYTHING, ...position }, 3)).page
  const first = await page({})
  const second = await page({ below: first.olderBelow })
  const third = await page({ below: second.olderBelow })
  const ids = [first, second, third].map(({ rows }) => rows.map(({ externalId }) => externalId).join(''))
  expect(ids).toEqual(['654', '321', '0'])
  expect([first.newerAbove, third.olderBelow]).toEqual([null, null])
  expect((await page({ above: third.newerAbove })).rows.map(({ externalId }) => externalId).join('')).toBe('321')
})

test('one that is told late stands where it began, on whichever page that is', async () => {
  for (const number of [1, 2, 4, 5]) await deploy({ external_id: String(number), at: AT + number * MINUTE })
  await deploy({ external_id: '3', at: AT + 3 * MINUTE })
  await deploy({ external_id: '0', at: AT - DAY })
  const page = async (position: { below?: number | null; above?: number | null }) =>
    (await readDeployments(reader, project.id, { ...EVERYTHING, ...position }, 2)).page
  const first = await page({})
  const second = await page({ below: first.olderBelow })
  const third = await page({ below: second.olderBelow })
  const ids = [first, second, third].map(({ rows }) => rows.map(({ externalId }) => externalId).join(''))
  expect(ids).toEqual(['54', '32', '10'])
  expect((await page({ above: third.newerAbove })).rows.map(({ externalId }) => externalId).join('')).toBe('32')
  expect((await page({ below: 999_999_999 })).rows).toEqual([])
})

test('the filters know what there is, and only a project without any deployment is empty', async () => {
  expect(await readDeployments(reader, project.id, EVERYTHING)).toMatchObject({ isEmpty: true, services: [] })
  await deploy({ service: 'worker', environment: 'preview' })
  await deploy({})
  expect(await readDeployments(reader, project.id, { ...EVERYTHING, status: 'failed' })).toMatchObject({
    isEmpty: false,
    services: ['shop', 'worker'],
    environments: ['preview', 'production'],
    page: { rows: [] },
  })
})

test('marks are what went live in production in the span, oldest first', async () => {
  await deploy({ at: AT + 2 * MINUTE, commit: 'bbbb' })
  await deploy({ at: AT + MINUTE, commit: 'aaaa' })
  await deploy({ at: AT + MINUTE, environment: 'preview' })
  await deploy({ at: AT + MINUTE, status: 'failed' })
  await deploy({ at: AT - MINUTE })
  expect(await readMarks(reader, project.id, AT, AT + DAY)).toEqual([
    { at: AT + MINUTE, name: 'shop aaaa' },
    { at: AT + 2 * MINUTE, name: 'shop bbbb' },
  ])
})

test('the last one before a moment is found within thirty days', async () => {
  await deploy({ at: AT - 31 * DAY, commit: 'aaaa' })
  expect(await readLastBefore(reader, project.id, AT)).toBeNull()
  await deploy({ at: AT - 2 * MINUTE, commit: 'bbbb' })
  await deploy({ at: AT + MINUTE, commit: 'cccc' })
  expect(await readLastBefore(reader, project.id, AT)).toMatchObject({ commit: 'bbbb', readyAt: AT - 2 * MINUTE })
})

test('whoever is not of the project sees neither deployments nor errors', async () => {
  await deploy()
  await tellError(1)
  const theirs = createDeploymentReader(outsider)
  expect(await readDeployments(theirs, project.id, EVERYTHING)).toMatchObject({ isEmpty: true, page: { rows: [] } })
  expect(await readMarks(theirs, project.id, 0, AT + DAY)).toEqual([])
  expect(await readErrors(createErrorReader(outsider), project.id, { status: 'all', below: null })).toMatchObject({
    isEmpty: true,
  })
})

async function tellError(number: number, given: { status?: string; at?: number } = {}): Promise<void> {
  const { status = 'unresolved', at = AT + number * MINUTE } = given
  await sql`
    insert into public.error_issues (project_id, kind, external_id, short_id, title, level, status, status_at, service, release,
      first_seen_at, last_seen_at, told_count, event_count, user_count, url)
    values (${project.id}, 'issue', ${String(number)}, '', ${`error ${number}`}, 'error', ${status}, now(), '', '', ${new Date(at)},
      ${new Date(at)}, 3, 5, 0, '')`
}

test('errors stand by when they were last seen, those of one moment too are on one page each', async () => {
  for (let number = 0; number < 120; number += 1) await tellError(number, { at: AT })
  const seen: number[] = []
  let request: ErrorRequest = { status: 'all', below: null }
  for (;;) {
    const { issues, next } = await readErrors(createErrorReader(clients.viewer), project.id, request)
    seen.push(...issues.map(({ id }) => id))
    if (next === null) break
    request = { ...request, below: next }
  }
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
})

test('of two counts the larger one is shown; a filter that finds nothing does not make the list empty', async () => {
  await tellError(1, { status: 'resolved' })
  const read = (status: 'all' | 'unresolved') =>
    readErrors(createErrorReader(clients.viewer), project.id, { status, below: null })
  expect((await read('all')).issues).toMatchObject([{ count: 5, status: 'resolved' }])
  expect(await read('unresolved')).toMatchObject({ issues: [], isEmpty: false })
})
