import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { compilePathPattern } from '../../lib/local/path-pattern.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const root = temporaryDirectory()
for (const file of [
  'api/cron/tick.ts',
  'api/ping/index.ts',
  'api/items/[id].ts',
  'api/items/new.ts',
  'api/_lib/cron.ts',
  'api/cron/_draft.ts',
  'api/types.d.ts',
  'api/readme.md',
]) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), '')
}
const route = createFunctionRouter(root, [
  { source: '/ping/:path*', destination: '/api/ping?path=:path*' },
  { source: '/old', destination: 'https://example.com/elsewhere' },
])

test.each([
  ['/api/cron/tick', 'api/cron/tick.ts', '/api/cron/tick'],
  ['/api/cron/tick/?a=1', 'api/cron/tick.ts', '/api/cron/tick/?a=1'],
  ['/api/ping', 'api/ping/index.ts', '/api/ping'],
  ['/api/items/new', 'api/items/new.ts', '/api/items/new'],
  ['/api/items/a%20b', 'api/items/[id].ts', '/api/items/a%20b?id=a+b'],
  ['/ping/abc/fail', 'api/ping/index.ts', '/ping/abc/fail?path=abc%2Ffail'],
  ['/ping/abc?rid=7', 'api/ping/index.ts', '/ping/abc?rid=7&path=abc'],
])('%s leads to %s, which sees %s', (path, file, seen) => {
  const match = route(new URL(path, 'http://localhost'))
  expect(match && relative(root, match.file)).toBe(file)
  expect(match && match.url.pathname + match.url.search).toBe(seen)
})

test.each([
  '/',
  '/api',
  '/api/_lib/cron',
  '/api/cron/_draft',
  '/api/types',
  '/api/cron/tick/more',
  '/old',
  '/pingpong',
])('%s leads to no function', (path) => {
  expect(route(new URL(path, 'http://localhost'))).toBeNull()
})

test('a folder without functions has none', () => {
  expect(createFunctionRouter(join(root, 'nowhere'), [])(new URL('http://localhost/api/x'))).toBeNull()
})

test.each<[string, string, Record<string, string> | null]>([
  ['/a/:b', '/a/1', { b: '1' }],
  ['/a/:b', '/a/1/2', null],
  ['/a/:b?', '/a', { b: '' }],
  ['/a/:b+', '/a', null],
  ['/a/:b+', '/a/1/2', { b: '1/2' }],
  ['/a/:b*', '/a', { b: '' }],
  ['/a.b', '/axb', null],
  ['/a/:b', '/a/%E0%A4%A', { b: '%E0%A4%A' }],
])('pattern %s on %s gives %j', (pattern, path, parameters) => {
  expect(compilePathPattern(pattern)(path)).toEqual(parameters)
})

test('a pattern that only Vercel would understand is refused', () => {
  expect(() => compilePathPattern('/:path((?!api).*)')).toThrow('does not know the pattern')
})
