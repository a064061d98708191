import { describe, expect, test } from 'vitest'
import { yamlSyntax } from '../../../lib/adapters/configuration/yaml-syntax.ts'
import { checkConfiguration } from '../../../lib/commands/configuration/check.ts'
import { formatConfigurationError } from '../../../lib/domain/configuration/issue.ts'
import { RESERVED_SLUGS } from '../../../lib/domain/monitor/config.ts'
import { EXAMPLE, FULL, lookUpSample, VARIABLES } from './samples.ts'

function complain(text: string): string[] {
  const checked = checkConfiguration(text, yamlSyntax, lookUpSample)
  return checked.ok ? [] : checked.errors.map((error) => formatConfigurationError('vigie.yaml', error))
}

/** The example with one text in it replaced. */
function spoil(from: string, to: string): string {
  expect(EXAMPLE).toContain(from)
  return EXAMPLE.replace(from, to)
}

test('the documented example and a file with every field are accepted', () => {
  expect(complain(EXAMPLE)).toEqual([])
  expect(complain(FULL)).toEqual([])
})

describe('a wrong file is refused with file, line, column, field and what it should be', () => {
  test.each([
    [
      'a too short interval',
      'interval: 10s',
      'interval: 5s',
      '10:5 monitors.api.interval: must be at least 10 seconds (got "5s")',
    ],
    [
      'a bare number',
      'interval: 10s',
      'interval: 10',
      '10:5 monitors.api.interval: must be a duration such as 10s, 5m or 1h30m (got 10)',
    ],
    [
      'a time-out that is too long',
      'timeout: 2s',
      'timeout: 2m',
      '11:5 monitors.api.timeout: must be at most 60 s (got "2m")',
    ],
    [
      'a project at an address of our own',
      'slug: demo',
      'slug: status',
      `2:12 project.slug: must not be one of ${RESERVED_SLUGS.join(', ')}: these addresses are taken (got "status")`,
    ],
    [
      'a monitor at the address of the page that makes one',
      '\n  api:',
      '\n  new:',
      '7:3 monitors.new: must not be "new": the page that makes one stands at that address',
    ],
    [
      'a channel at the address of the page that makes one',
      '  ops: ',
      '  new: ',
      '4:3 channels.new: must not be "new": the page that makes one stands at that address',
    ],
    [
      'an unknown field',
      'timeout: 2s',
      'timeuot: 2s',
      '11:5 monitors.api.timeuot: is not a field that belongs here: did you mean timeout?',
    ],
    [
      'an unknown top field',
      'report:',
      'reprot:',
      '16:1 reprot: is not a field that belongs here: did you mean report?',
    ],
    ['a field of another kind', 'kind: http', 'kind: tcp', '9:5 monitors.api.url: is not a field that belongs here'],
    [
      'an unknown kind',
      'kind: http',
      'kind: htpp',
      '8:5 monitors.api.kind: must be http, tcp, dns, tls, postgres, prometheus, status_page or heartbeat (got "htpp")',
    ],
    [
      'an unknown severity',
      'critical',
      'urgent',
      '13:5 monitors.api.severity: must be low, medium, high or critical (got "urgent")',
    ],
    [
      'a value out of range',
      'failures: 2',
      'failures: 9',
      '12:16 monitors.api.confirm.failures: must be 1 to 5 (got 9)',
    ],
    ['a status out of range', '[200]', '[700]', '14:24 monitors.api.expect.status[0]: must be 100 to 599 (got 700)'],
    [
      'a status that is none',
      '[200]',
      '[ok]',
      '14:24 monitors.api.expect.status[0]: must be a status such as 200, "2xx" or "200-299" (got "ok")',
    ],
    ['a scalar for a list', '[200]', '200', '14:15 monitors.api.expect.status: must be a list (got 200)'],
    [
      'a path that is none',
      '$.status',
      'status',
      '14:56 monitors.api.expect.json[0].path: must be a path such as $.status, $.checks.database or $.items[0].id (got "status")',
    ],
    [
      'an address that is none',
      'http://127.0.0.1:9100/health',
      'localhost',
      '9:5 monitors.api.url: must be an absolute http:// or https:// address (got "localhost")',
    ],
    [
      'an e-mail address that is none',
      'ops@example.com',
      'ops',
      '5:29 channels.mail.to[0]: must be an e-mail address such as ops@example.com (got "ops")',
    ],
    ['an unset variable', 'HOOK_SECRET', 'HOOK_SECRTE', '4:61 channels.ops.secret: ${HOOK_SECRTE} is not set'],
    [
      'a key with a capital',
      '  api:',
      '  API:',
      '7:3 monitors.API: must be lower-case letters, digits and dashes, such as checkout-api',
    ],
    [
      'a version from the future',
      'version: 1',
      'version: 2',
      '1:1 version: must be 1, the version of this format (got 2)',
    ],
    [
      'a time zone that is none',
      'Europe/Paris',
      'Europe/Pariss',
      '2:36 project.timeZone: must be a time zone such as Europe/Paris (got "Europe/Pariss")',
    ],
    ['a tag', 'severity: critical', 'severity: !x critical', '13:15 is no valid YAML: Unresolved tag: !x'],
    ['a key given twice', 'timeout: 2s', 'interval: 20s', '11:5 is no valid YAML: Map keys must be unique'],
  ])('%s', (_, from, to, message) => {
    expect(complain(spoil(from, to))).toContain(`vigie.yaml:${message}`)
  })

  const kpi = (fields: string) => `version: 1
project: { slug: demo, name: Demo }
kpis:
  users:
    ${fields}
`
  test.each([
    [
      'a KPI that says nothing',
      'unit: users',
      '4:3 kpis.users.sql: is missing: a KPI needs sql and database, or pushed: true',
    ],
    [
      'a query without a database',
      'sql: select 1',
      '4:3 kpis.users.database: is missing: a query needs a connection string',
    ],
    [
      'a pushed KPI with a query',
      'pushed: true\n    sql: select 1',
      '6:5 kpis.users.sql: does not belong to a pushed KPI (got "select 1")',
    ],
    [
      'a schedule that is none',
      'schedule: hourly',
      '5:5 kpis.users.schedule: must be a cron expression of five fields such as 0 * * * * (got "hourly")',
    ],
    [
      'limits that leave nothing',
      'limits: { below: 2, above: 1 }',
      '5:25 kpis.users.limits.above: must not be less than below (got 1)',
    ],
    [
      'a misspelt field',
      'databse: x',
      '5:5 kpis.users.databse: is not a field that belongs here: did you mean database?',
    ],
    [
      'a connection string that is none',
      'database: mysql://ann:hunter2@db/shop',
      '5:5 kpis.users.database: must look like postgres://vigie_reader:password@db.example.com:5432/postgres?sslmode=require',
    ],
  ])('%s', (_, fields, message) => {
    const complaints = complain(kpi(fields))
    expect(complaints).toContain(`vigie.yaml:${message}`)
    expect(complaints.join()).not.toContain('hunter2')
  })

  test.each([
    [
      'an expectation of samples that is none',
      'kind: prometheus\n    url: https://example.com/metrics\n    expect:\n      samples:\n        - up == 1\n        - queue_length <',
      '10:11 monitors.one.expect.samples[1]: must be such as queue_length{queue="mail"} < 100: it ends with one of > >= < <= == != and a number (got "queue_length <")',
    ],
    [
      'a pattern of names that is none',
      'kind: prometheus\n    url: https://example.com/metrics\n    include: [http.*]',
      '7:15 monitors.one.include[0]: must be a name of metrics, with * for any characters (got "http.*")',
    ],
    [
      'sign-in in two ways',
      'kind: prometheus\n    url: https://example.com/metrics\n    auth: { bearer: a, basic: { user: b, password: c } }',
      '7:5 monitors.one.auth: needs exactly one of basic, bearer',
    ],
    [
      'a status page without an address',
      'kind: status_page\n    url: status.example.com',
      '6:5 monitors.one.url: must be an absolute http:// or https:// address (got "status.example.com")',
    ],
    [
      'a field that a status page does not have',
      'kind: status_page\n    url: https://status.example.com\n    component: [Auth]',
      '7:5 monitors.one.component: is not a field that belongs here: did you mean components?',
    ],
  ])('%s', (_, monitor, message) => {
    const text = `version: 1\nproject: { slug: one, name: One }\nmonitors:\n  one:\n    ${monitor}\n`
    expect(complain(text)).toContain(`vigie.yaml:${message}`)
  })

  test.each([
    ['an empty file', '', '1:1 must be a map of fields (got null)'],
    ['two documents', 'version: 1\n---\nversion: 1\n', '2:1 holds more than one document: only one is read'],
    [
      'an alias to nothing',
      'version: *one\n',
      '1:1 cannot be read: Unresolved alias (the anchor must be set before the alias): one',
    ],
  ])('%s', (_, text, message) => expect(complain(text)).toEqual([`vigie.yaml:${message}`]))

  test('a file that nests deeper than any person would is refused, not a crash', () => {
    expect(complain('['.repeat(200_000))[0]).toMatch(/^vigie\.yaml:1:\d+ /)
  })

  test('anchors that unfold to gigabytes are refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 10; i += 1)
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
    expect(complain(lines.join('\n'))).toEqual([
      'vigie.yaml:1:1 cannot be read: Excessive alias count indicates a resource exhaustion attack',
    ])
  })

  test('all errors are told at once, in the order of the text', () => {
    const text = spoil('10s', '1s').replace('timeout: 2s', 'timeout: x').replace('critical', 'x')
    expect(complain(text).map((line) => line.split(' ')[0])).toEqual([
      'vigie.yaml:10:5',
      'vigie.yaml:11:5',
      'vigie.yaml:13:5',
    ])
  })

  test('a repeated block of fields may be written once and merged', () => {
    const text = `version: 1
project: { slug: a, name: A }
monitors:
  one: &base { kind: http, url: "https://example.com", interval: 30s }
  two: { <<: *base, url: "https://example.org" }
`
    expect(complain(text)).toEqual([])
    expect(complain(text.replace('30s', '3s'))).toEqual([
      'vigie.yaml:4:56 monitors.one.interval: must be at least 10 seconds (got "3s")',
      'vigie.yaml:5:3 monitors.two.interval: must be at least 10 seconds (got "3s")',
    ])
  })
})

describe('a message never repeats a secret', () => {
  test.each([
    ['a secret that is too short', 'secret: "${HOOK_SECRET}"', 'secret: short77', 'short77'],
    ['a filled-in variable', 'url: http://127.0.0.1:9100/health', 'url: "${HOOK_SECRET}"', VARIABLES.HOOK_SECRET ?? ''],
    ['a password in an address', '//127.0.0.1:9100', '//me:hunter2@127.0.0.1:9100', 'hunter2'],
    ['a misplaced password', 'timeout: 2s', 'password: hunter2', 'hunter2'],
  ])('%s', (_, from, to, secret) => {
    const messages = complain(spoil(from, to))
    expect(messages).toHaveLength(1)
    expect(messages.join('\n')).not.toContain(secret)
  })
})
