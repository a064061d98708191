import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../../../lib/local/database/embedded-postgres.ts'
import type { LocalDatabase } from '../../../lib/local/database/local-database.ts'
import { startPostgresCluster } from '../../../lib/local/database/postgres-cluster.ts'
import { findFreePort } from '../../../lib/local/free-port.ts'
import { isProcessAlive, waitForExit } from '../../../lib/local/process-identity.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const directory = temporaryDirectory()
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const serverPid = () => Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
const start = () => startEmbeddedPostgres({ directory, password: 'pass/word?', log })
let database: LocalDatabase

async function ask(sql: string): Promise<unknown[]> {
  const session = await database.openSession()
  try {
    return await session.query(sql)
  } finally {
    await session.close()
  }
}

beforeAll(async () => {
  database = await start()
})
afterAll(() => database.stop())

test('a real Postgres answers, keeps UTC and listens on loopback alone', async () => {
  expect(
    await ask("select current_setting('TimeZone') as zone, current_setting('listen_addresses') as address"),
  ).toEqual([{ zone: 'UTC', address: '127.0.0.1' }])
})

test('data is there after a restart, on the same port', async () => {
  await ask('create table kept as select 42 as answer')
  const { url } = database
  await database.stop()
  database = await start()
  expect(await ask('select answer from kept')).toEqual([{ answer: 42 }])
  expect(database.url).toBe(url)
})

test('a server that dies is started again, and what was committed is there', async () => {
  await ask('insert into kept values (43)')
  const pid = serverPid()
  process.kill(pid, 'SIGKILL')
  await waitForExit(pid, 5_000)
  const deadlineAt = Date.now() + 20_000
  let rows: unknown[] = []
  while (rows.length === 0 && Date.now() < deadlineAt)
    rows = await ask('select answer from kept order by 1').catch(() => sleep(100, []))
  expect(rows).toEqual([{ answer: 42 }, { answer: 43 }])
})

test('a server that a killed parent left behind is stopped before the next one starts', async () => {
  await database.stop()
  const left = await startPostgresCluster({
    directory: join(directory, 'postgres'),
    password: 'pass/word?',
    port: await findFreePort(),
  })
  database = await start()
  expect(isProcessAlive(left.pid)).toBe(false)
  expect(await ask('select count(*)::int as count from kept')).toEqual([{ count: 2 }])
})
