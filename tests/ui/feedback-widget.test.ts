import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '../..')
const shipped = readFileSync(join(ROOT, 'public/feedback.js'))

test('the file that sites load is what `npm run build:feedback` makes of the source', () => {
  const [command, ...given] = packageJson.scripts['build:feedback'].split(' ')
  const withoutFile = given.filter((argument) => !argument.startsWith('--outfile='))
  const built = execFileSync(join(ROOT, 'node_modules/.bin', command ?? ''), withoutFile, { cwd: ROOT })
  expect(built.equals(shipped)).toBe(true)
})

test('it is at most 5 KB as it is sent', () => {
  expect(gzipSync(shipped).length).toBeLessThanOrEqual(5 * 1024)
})

test('it keeps nothing in the browser and needs nothing that a strict policy of the page forbids', () => {
  const source = shipped.toString()
  expect(source).not.toMatch(/\bcookie\b|localStorage|sessionStorage|indexedDB/)
  expect(source).not.toMatch(/\beval\(|new Function|innerHTML|\.style\b|<style/)
})
