import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findOpenMetricsFault } from '../support/open-metrics.ts'

interface ParserCase {
  name: string
  shouldParse: boolean
  text: string
}

const CASES: ParserCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/openmetrics/parser-cases.json', import.meta.url), 'utf8'),
)

test.each(CASES)(
  'the judge of /metrics agrees with the OpenMetrics repository about $name',
  ({ shouldParse, text }) => {
    expect(findOpenMetricsFault(text) === null).toBe(shouldParse)
  },
)
