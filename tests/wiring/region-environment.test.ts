import { expect, test } from 'vitest'
import { parseProberEnvironment } from '../../lib/wiring/prober.ts'
import { parseRegionEnvironment } from '../../lib/wiring/region-environment.ts'

const BASE = 'https://vigie.test'

test('nothing needs to be set: one place, and nothing that it is checked by', () => {
  const parsed = parseRegionEnvironment({}, BASE)
  expect(parsed).toEqual({ ok: true, value: { probers: new Map(), controlTargets: [] } })
})

test('own functions are found at the address of the deployment, and an address that is given wins', () => {
  const parsed = parseRegionEnvironment(
    {
      VIGIE_REGIONS: 'fra1, iad1',
      VIGIE_PROBERS: 'iad1=https://iad.example.com/?a=b, lab=http://10.0.0.7:4100/',
      VIGIE_CONTROL_TARGETS: 'https://a.test/204,https://b.test/',
    },
    BASE,
  )
  expect(parsed.ok ? [...parsed.value.probers] : []).toEqual([
    ['fra1', 'https://vigie.test/api/probe/fra1'],
    ['iad1', 'https://iad.example.com/?a=b'],
    ['lab', 'http://10.0.0.7:4100'],
  ])
  expect(parsed).toMatchObject({ value: { controlTargets: ['https://a.test/204', 'https://b.test'] } })
})

test.each([
  ['VIGIE_PROBERS', 'https://paris.example.com'],
  ['VIGIE_PROBERS', 'paris='],
  ['VIGIE_PROBERS', 'Paris=https://a.test'],
  ['VIGIE_PROBERS', 'paris=ftp://a.test'],
  ['VIGIE_PROBERS', 'paris=https://a.test,paris=https://b.test'],
  ['VIGIE_REGIONS', 'fra1,mars1'],
  ['VIGIE_CONTROL_TARGETS', 'a.test'],
  ['VIGIE_CONTROL_TARGETS', Array.from({ length: 6 }, (_, index) => `https://a${index}.test`).join(',')],
])('%s=%s is refused with what it should be', (name, value) => {
  const parsed = parseRegionEnvironment({ [name]: value }, BASE)
  expect(parsed.ok ? [] : parsed.errors).toEqual([{ name, message: expect.stringMatching(/^should /) }])
})

test('a prober needs a secret and nothing else; its own one comes before that of the installation', () => {
  expect(parseProberEnvironment({ CRON_SECRET: 'sixteen-or-more-letters' })).toMatchObject({
    value: { secret: 'sixteen-or-more-letters', allowTargets: [], controlTargets: [] },
  })
  const both = { CRON_SECRET: 'sixteen-or-more-letters', VIGIE_PROBER_SECRET: 'another-of-sixteen-letters' }
  expect(parseProberEnvironment(both)).toMatchObject({ value: { secret: 'another-of-sixteen-letters' } })
})

test.each([
  [{}, 'VIGIE_PROBER_SECRET'],
  [{ VIGIE_PROBER_SECRET: 'short' }, 'VIGIE_PROBER_SECRET'],
  [{ CRON_SECRET: 'sixteen-or-more-letters', VIGIE_ALLOW_TARGETS: 'localhost' }, 'VIGIE_ALLOW_TARGETS'],
  [{ CRON_SECRET: 'sixteen-or-more-letters', VIGIE_CONTROL_TARGETS: 'x' }, 'VIGIE_CONTROL_TARGETS'],
])('a prober with %j does not start', (env, name) => {
  const parsed = parseProberEnvironment(env)
  expect(parsed.ok ? [] : parsed.errors.map((error) => error.name)).toEqual([name])
})
