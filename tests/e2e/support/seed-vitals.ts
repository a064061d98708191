import type postgres from 'postgres'

/**
 * Gives a project four weeks of page measurements, straight into the rollups: what browsers would have told by and by. The checkout is slow
 * on phones, and got slower a week ago. What is random repeats from run to run.
 */
export async function seedVitals(sql: postgres.Sql, projectId: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select setseed(0.17)`
    await addSeries(transaction, projectId)
    await addRollups(transaction, projectId, 'series_days', 'day', 28)
    await addRollups(transaction, projectId, 'series_hours', 'hour', 48)
    await addUsers(transaction, projectId)
  })
}

type Transaction = postgres.TransactionSql

async function addSeries(sql: Transaction, projectId: string): Promise<void> {
  await sql`
    select private.resolve_series(${projectId}, (
      select jsonb_agg(jsonb_build_object('environment', 'production', 'name', 'web.' || metric, 'kind', 'histogram', 'temporality', 'delta',
        'unit', private.vital_unit(metric), 'attributes', jsonb_build_object('page', page, 'device', device, 'country', country, 'release', release)))
      from unnest(array['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'load']) as metric,
        unnest(array['/', '/checkout', '/orders/:id', '/search', '/account']) as page,
        unnest(array['mobile', 'desktop']) as device, unnest(array['FR', 'DE']) as country, unnest(array['2026.46', '2026.47']) as release))`
}

/** Sixteen values a span and series, log-normally spread around what the metric, page and device usually are. */
async function addRollups(
  sql: Transaction,
  projectId: string,
  table: 'series_days' | 'series_hours',
  span: 'day' | 'hour',
  count: number,
): Promise<void> {
  await sql`
    with measured as (
      select series.id, spans.at, (case series.name when 'web.lcp' then 1700 when 'web.inp' then 130 when 'web.cls' then 0.03
          when 'web.fcp' then 1100 when 'web.ttfb' then 420 else 2100 end)
        * (case series.attributes ->> 'page' when '/checkout' then 1.7 when '/search' then 1.2 else 0.9 end)
        * (case series.attributes ->> 'device' when 'mobile' then 1.3 else 0.8 end)
        * (case when series.attributes ->> 'release' = '2026.47' and series.attributes ->> 'page' = '/checkout' then 1.35 else 1 end)
        * exp(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) * 0.45) as value
      from public.series
      cross join lateral (
        select date_trunc(${span}, now(), 'UTC') - n * ('1 ' || ${span}::text)::interval as at from generate_series(0, ${count}) as n) as spans
      cross join generate_series(1, 16)
      where series.project_id = ${projectId} and series.name like 'web.%'
        and (series.attributes ->> 'release' = '2026.47') = (spans.at > now() - interval '7 days')
    ), buckets as (
      select id, at, private.histogram_key(value) as key, count(*) as n, sum(value) as sum, min(value) as min, max(value) as max
      from measured group by 1, 2, 3
    )
    insert into ${sql(`public.${table}`)} (series_id, at, count, sum, min, max, keys, counts)
    select id, at, sum(n), sum(sum), min(min), max(max), array_agg(key order by key), array_agg(n order by key)
    from buckets group by id, at
    on conflict do nothing`
}

async function addUsers(sql: Transaction, projectId: string): Promise<void> {
  await sql`
    insert into public.active_users (project_id, period, starts_on, user_count)
    select ${projectId}, period, date_trunc(period, now() - n * ('1 ' || period)::interval)::date, n * 37 + case period when 'day' then 412 else 1630 end
    from unnest(array['day', 'week']) as period, generate_series(0, 3) as n
    on conflict do nothing`
}
