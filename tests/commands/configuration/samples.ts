import type { LookUpVariable } from '../../../lib/domain/configuration/interpolate.ts'

/** The example that documentation shows. */
export const EXAMPLE = `version: 1
project: { slug: demo, name: Demo, timeZone: Europe/Paris, locale: fr }
channels:
  ops:  { kind: webhook, url: "http://127.0.0.1:9999/hook", secret: "\${HOOK_SECRET}" }
  mail: { kind: email, to: [ops@example.com] }
monitors:
  api:
    kind: http
    url: http://127.0.0.1:9100/health
    interval: 10s
    timeout: 2s
    confirm: { failures: 2, successes: 2 }
    severity: critical
    expect: { status: [200], latencyMs: 1000, json: [{ path: "$.status", equals: healthy }] }
    notify: [ops, mail]
report: { recipients: [ceo@example.com] }
`

/** Every kind of channel and monitor with every field that it takes. */
export const FULL = `version: 1
project: { slug: full, name: "Full $\${NAME}", timeZone: America/New_York, locale: en }
channels:
  mail: { kind: email, name: On-call, to: [a@example.com, b@example.com], minSeverity: low }
  chat: { kind: slack, url: "\${SLACK_URL}" }
  plain-chat: { kind: slack }
  phone: { kind: sms, to: ["+33612345678"], minSeverity: high }
  hook: { kind: webhook, url: https://example.com/hook, secret: "\${HOOK_SECRET}" }
monitors:
  web:
    kind: http
    name: Web shop
    url: https://example.com/path?q=1
    method: POST
    headers: { accept: application/json }
    body: '{"ping": "$\${literal}"}'
    redirects: { follow: false }
    maxBodyBytes: 2048
    verifyTls: false
    auth: { basic: { user: vigie, password: "\${PASSWORD}" } }
    secretHeaders: { x-api-key: "\${PASSWORD}" }
    interval: 1m30s
    timeout: 2500ms
    confirm: { failures: 3, successes: 1 }
    severity: low
    tags: [shop, eu]
    group: Shop
    runbook: https://example.com/runbook
    paused: true
    regions: [sin1, fra1, sin1]
    quorum: 2
    notify: [phone, mail, phone]
    expect:
      status: [200, 3xx, 400-404]
      latencyMs: 800
      keyword: ok
      keywordAbsent: error
      json: [{ path: "$.a[0]", equals: null }, { path: $.b, notEquals: 1 }, { path: $.c, contains: "" }, { path: $.d, above: 0.5 }]
      headers: [{ name: content-type, contains: json }]
      healthBody: false
      certificateDays: 30
  token: { kind: http, url: https://example.com, auth: { bearer: "\${PASSWORD}" } }
  port: { kind: tcp, host: example.com, port: 22, expect: { latencyMs: 100 } }
  name: { kind: dns, host: example.com, recordType: MX, resolver: "1.1.1.1:53", expect: { values: [a.example.com] } }
  cert: { kind: tls, host: example.com, port: 8443, expect: { certificateDays: 21 } }
  db:
    kind: postgres
    host: db.example.com
    port: 6543
    database: app
    user: vigie
    password: "\${PASSWORD}"
    tls: verify
    query: select 2
    expect: { latencyMs: 50 }
  metrics:
    kind: prometheus
    url: https://example.com/metrics
    verifyTls: false
    auth: { bearer: "\${PASSWORD}" }
    secretHeaders: { x-api-key: "\${PASSWORD}" }
    collect: true
    include: [http_*, up]
    expect: { latencyMs: 500, samples: ['queue_length{queue="mail"} < 100'] }
  supplier: { kind: status_page, url: https://status.example.com, components: [Auth, Database] }
  job: { kind: heartbeat, period: 1d, grace: 30m, cron: "30 2 * * *", timeZone: Europe/Paris }
kpis:
  active_users:
    name: Active users
    unit: users
    sql: select count(*) from users
    database: "\${DATABASE_URL}"
    schedule: "*/15 * * * *"
    timeZone: Europe/Paris
    limits: { below: 0.5, above: 1000 }
  orders: { sql: "select '$\${literal}'::int", database: "\${DATABASE_URL}" }
  signups.paid: { pushed: true, unit: people, limits: { below: 1 } }
report: { recipients: [] }
`

export const VARIABLES: Record<string, string> = {
  DATABASE_URL: 'postgres://reader:s3cret@db.example.com:5432/shop',
  HOOK_SECRET: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=',
  SLACK_URL: 'https://hooks.slack.com/services/T/B/x',
  PASSWORD: 'p"a: ss\n${word}',
}

export const lookUpSample: LookUpVariable = (name) =>
  VARIABLES[name] === undefined ? { ok: false, message: 'is not set' } : { ok: true, value: VARIABLES[name] }
