import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readAllExposition } from '../../../support/read-exposition.ts'

interface ParserCase {
  name: string
  shouldParse: boolean
  text: string
}

const read = (file: string): ParserCase[] =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/openmetrics/${file}`, import.meta.url), 'utf8'))
const CASES = [...read('parser-cases.json'), ...read('histogram-cases.json')]

describe('the 211 parser cases of the OpenMetrics repository', () => {
  test('are all here', () => expect(CASES).toHaveLength(211))

  test.each(CASES)('$name: parses $shouldParse', ({ text, shouldParse }) => {
    const reading = readAllExposition(text, true)
    expect(reading.ok ? true : reading.fault).toEqual(
      shouldParse
        ? true
        : { subject: expect.stringMatching(/^line \d+$/), expected: expect.any(String), got: expect.any(String) },
    )
  })
})
