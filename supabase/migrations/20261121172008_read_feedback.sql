-- Figures of what users say, for the page and for the weekly report.

create function public.read_satisfaction(p_project_id uuid, p_from timestamptz, p_until timestamptz, p_time_zone text, p_page text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with answers as materialized (
    select feedback.rating, feedback.perceived_speed, feedback.load_ms, feedback.page,
      pg_catalog.date_trunc('week', feedback.answered_at, p_time_zone) as week_at
    from public.feedback
    where feedback.project_id = p_project_id and feedback.answered_at >= p_from and feedback.answered_at < p_until
  ), chosen as (
    select * from answers where p_page is null or answers.page = p_page
  ), weeks as (
    select week_at, array[count(*) filter (where rating = 1), count(*) filter (where rating = 2), count(*) filter (where rating = 3),
      count(*) filter (where rating = 4), count(*) filter (where rating = 5)] as counts
    from chosen group by week_at
  ), pages as (
    select page, count(*) as n, sum(rating) as total from answers group by page order by count(*) desc, page limit 50
  ), speeds as (
    select perceived_speed, count(*) as n, count(load_ms) as measured,
      pg_catalog.percentile_cont(0.5) within group (order by load_ms) as median_ms,
      pg_catalog.percentile_cont(0.75) within group (order by load_ms) as p75_ms
    from chosen where perceived_speed is not null group by perceived_speed
  )
  select pg_catalog.jsonb_build_object(
    'has_any', exists (select from public.feedback where feedback.project_id = p_project_id),
    'weeks', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', private.iso(week_at), 'counts', counts) order by week_at), '[]')
      from weeks),
    'pages', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('page', page, 'count', n, 'sum', total)
        order by total::numeric / n, n desc, page), '[]')
      from pages),
    'speeds', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('perceived', perceived_speed, 'count', n, 'measured', measured,
        'median_ms', median_ms, 'p75_ms', p75_ms) order by perceived_speed), '[]')
      from speeds));
end;
comment on function public.read_satisfaction(uuid, timestamptz, timestamptz, text, text) is 'Answers of a span counted by rating and local week, the fifty most answered pages (worst first), and the measured load time for each speed that was felt. p_page narrows all but the pages; null for none. Row level security of the caller applies.';

create function public.read_report_satisfaction(p_project_id uuid, p_from timestamptz, p_until timestamptz) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'has_any', exists (select from public.feedback where feedback.project_id = p_project_id and feedback.answered_at < p_until),
    'count', count(*), 'sum', coalesce(sum(feedback.rating), 0))
  from public.feedback
  where feedback.project_id = p_project_id and feedback.answered_at >= p_from and feedback.answered_at < p_until;
end;
comment on function public.read_report_satisfaction(uuid, timestamptz, timestamptz) is 'How many answered in a span and what their ratings add up to; has_any is false while nobody ever had. Row level security of the caller applies.';

revoke execute on function public.read_satisfaction(uuid, timestamptz, timestamptz, text, text),
  public.read_report_satisfaction(uuid, timestamptz, timestamptz) from public, anon;
grant execute on function public.read_satisfaction(uuid, timestamptz, timestamptz, text, text),
  public.read_report_satisfaction(uuid, timestamptz, timestamptz) to authenticated, service_role;
