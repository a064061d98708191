import { expect, test } from 'vitest'
import { suggestName } from '../../../lib/domain/monitor/suggest-name.ts'

const FIELDS = ['interval', 'timeout', 'url', 'notify', 'expect']

test.each([
  ['intervall', 'interval'],
  ['Interval', 'interval'],
  ['intervalSeconds', 'interval'],
  ['timeuot', 'timeout'],
  ['uri', 'url'],
  ['frequency', null],
  ['x', null],
])('%s is answered with %s', (given, expected) => expect(suggestName(given, FIELDS)).toBe(expected))
