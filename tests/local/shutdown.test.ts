import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createShutdown } from '../../lib/local/shutdown.ts'

function setUp() {
  const exits: number[] = []
  const order: string[] = []
  const signals = new EventEmitter()
  const shutdown = createShutdown((code) => void exits.push(code))
  shutdown.listen(signals)
  const step =
    (name: string, ms = 0) =>
    async () => {
      await sleep(ms)
      order.push(name)
    }
  return { exits, order, signals, shutdown, step }
}

test('a signal undoes the start in reverse and exits with 0', async () => {
  const { exits, order, signals, shutdown, step } = setUp()
  shutdown.add(step('database'))
  shutdown.add(step('functions', 10))
  shutdown.onBegin(() => void order.push('announced'))
  signals.emit('SIGTERM')
  expect(shutdown.isUnderWay()).toBe(true)
  await sleep(50)
  expect([order, exits]).toEqual([['announced', 'functions', 'database'], [0]])
})

test('one that fails does not keep the others from being undone', async () => {
  const { exits, order, shutdown, step } = setUp()
  shutdown.add(step('database'))
  shutdown.add(() => Promise.reject(new Error('stuck')))
  await shutdown.run(0)
  expect([order, exits]).toEqual([['database'], [1]])
})

test('what comes up after the signal is undone at once', async () => {
  const { order, shutdown, step } = setUp()
  await shutdown.run(0)
  shutdown.add(step('late'))
  await sleep(10)
  expect(order).toEqual(['late'])
})

test('the same Ctrl-C, sent on by npm, does not cut the stop short; a second one does', async () => {
  const { exits, signals, shutdown, step } = setUp()
  shutdown.add(step('slow', 800))
  signals.emit('SIGINT')
  signals.emit('SIGINT')
  expect(exits).toEqual([])
  await sleep(600)
  signals.emit('SIGINT')
  expect(exits).toEqual([130])
})
