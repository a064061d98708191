-- Each release makes every series anew. Old ones become a part of what has no release, so that figures stay and series do not pile up.

create function private.list_stale_releases() returns table (project_id uuid, release text)
language sql stable security invoker set search_path = ''
begin atomic
  select ranked.project_id, ranked.release
  from (
    select seen.*, row_number() over (partition by seen.project_id order by seen.first_seen_at desc, seen.release desc) as age
    from (
      -- By project, as the index has it.
      select series.project_id, series.attributes ->> 'release' as release, min(series.first_seen_at) as first_seen_at,
        max(series.last_seen_at) as last_seen_at
      from public.projects join public.series on series.project_id = projects.id
      where series.name >= 'web.' and series.name < 'web/' and series.attributes ? 'release'
      group by 1, 2) as seen
    ) as ranked
  -- Longer ago than hot rows are kept: nothing of them will be recomputed any more.
  where ranked.age > 3 and ranked.last_seen_at < private.now() - interval '5 days';
end;
comment on function private.list_stale_releases() is 'Releases of web vitals that nobody uses any more and that are not among the three newest of their project.';

create function private.without_release(p_ids bigint[])
returns table (source_id bigint, identity uuid, environment text, name text, kind text, temporality text, unit text, attributes jsonb,
  first_seen_at timestamptz, last_seen_at timestamptz)
language sql stable security invoker set search_path = ''
begin atomic
  select series.id, private.series_identity(series.environment, series.name, series.kind, series.temporality, series.unit, series.attributes - 'release'),
    series.environment, series.name, series.kind, series.temporality, series.unit, series.attributes - 'release', series.first_seen_at,
    series.last_seen_at
  from public.series where series.id = any (p_ids);
end;
comment on function private.without_release(bigint[]) is 'What series would be if they did not say their release.';

create function private.fold_release(p_project_id uuid, p_release text) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_sources bigint[];
  v_targets bigint[];
  v_table text;
begin
  select pg_catalog.array_agg(series.id order by series.id) into v_sources
  from public.series
  where series.project_id = p_project_id and series.name >= 'web.' and series.name < 'web/' and series.attributes ->> 'release' = p_release;
  if v_sources is null then return 0; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('series ' || p_project_id::text, 0));
  insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
  select distinct on (folded.identity) p_project_id, folded.environment, folded.name, folded.kind, folded.temporality, folded.unit,
    folded.attributes, folded.identity, folded.first_seen_at, folded.last_seen_at
  from private.without_release(v_sources) as folded
  order by folded.identity, folded.last_seen_at desc
  on conflict (project_id, identity) do nothing;
  select pg_catalog.array_agg(series.id order by folded.source_id) into v_targets
  from private.without_release(v_sources) as folded
  join public.series on series.project_id = p_project_id and series.identity = folded.identity;

  foreach v_table in array array['series_hours', 'series_days'] loop
    execute pg_catalog.format($sql$
      with pairs as (
        select * from rows from (pg_catalog.unnest($1), pg_catalog.unnest($2)) as pair(source_id, target_id)
      ), moved as materialized (
        select pairs.target_id, rollups.at, rollups.count, rollups.sum, rollups.min, rollups.max, rollups.keys, rollups.counts
        from pairs join public.%1$I as rollups on rollups.series_id = pairs.source_id
      ), parts as materialized (
        select moved.* from moved
        union all
        select kept.series_id, kept.at, kept.count, kept.sum, kept.min, kept.max, kept.keys, kept.counts
        from public.%1$I as kept where (kept.series_id, kept.at) in (select moved.target_id, moved.at from moved)
      ), buckets as (
        select bucket.target_id, bucket.at, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
          pg_catalog.array_agg(bucket.n order by bucket.key) as counts
        from (
          select parts.target_id, parts.at, one.key, sum(one.n)::bigint as n
          from parts cross join lateral rows from (pg_catalog.unnest(parts.keys), pg_catalog.unnest(parts.counts)) as one(key, n)
          group by 1, 2, 3) as bucket
        group by 1, 2
      ), sums as (
        select parts.target_id, parts.at, sum(parts.count)::bigint as count, sum(parts.sum) as sum, min(parts.min) as min, max(parts.max) as max
        from parts group by 1, 2
      )
      insert into public.%1$I (series_id, at, count, sum, min, max, keys, counts)
      select sums.target_id, sums.at, sums.count, sums.sum, sums.min, sums.max, coalesce(buckets.keys, '{}'), coalesce(buckets.counts, '{}')
      from sums left join buckets using (target_id, at)
      on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
        keys = excluded.keys, counts = excluded.counts
    $sql$, v_table) using v_sources, v_targets;
    execute pg_catalog.format('delete from public.%I where series_id = any ($1)', v_table) using v_sources;
  end loop;
  -- Minutes this old are asked for by nobody: pages draw them for a day at most.
  delete from public.series_minutes where series_id = any (v_sources);
  delete from public.series where id = any (v_sources);
  return pg_catalog.cardinality(v_sources);
end
$$;
comment on function private.fold_release(uuid, text) is 'Adds the hours and days of one release to those without a release, and forgets its series. Sums, counts and histograms add exactly.';

create function public.fold_vital_releases() returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_stale record;
  v_count integer := 0;
begin
  for v_stale in select * from private.list_stale_releases() limit 50 loop
    v_count := v_count + private.fold_release(v_stale.project_id, v_stale.release);
  end loop;
  return v_count;
end
$$;
comment on function public.fold_vital_releases() is 'Folds what releases of long ago measured into the figures without a release, fifty releases at a time. Hourly.';

revoke execute on function private.list_stale_releases(), private.fold_release(uuid, text), private.without_release(bigint[]),
  public.fold_vital_releases() from public, anon, authenticated;
grant execute on function private.list_stale_releases(), private.fold_release(uuid, text), private.without_release(bigint[]),
  public.fold_vital_releases() to service_role;
