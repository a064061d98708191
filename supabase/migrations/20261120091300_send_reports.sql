-- Weekly reports: claimed once a project and week.

-- The first report is of the week that was over when somebody first wanted reports: without it, naming a recipient on a
-- Wednesday would send last week's report at once, and the embarrassing kind of surprise is the one that reaches the board.
alter table public.projects add column reports_wanted_since timestamptz;
comment on column public.projects.reports_wanted_since is 'When report_recipients last stopped being empty. Reports that were due before are not sent.';

create function private.note_reports_wanted() returns trigger
language plpgsql security invoker set search_path = ''
as $$
begin
  if pg_catalog.cardinality(new.report_recipients) = 0 then
    new.reports_wanted_since := null;
  elsif tg_op = 'INSERT' or pg_catalog.cardinality(old.report_recipients) = 0 then
    new.reports_wanted_since := coalesce(new.reports_wanted_since, private.now());
  end if;
  return new;
end
$$;
comment on function private.note_reports_wanted() is 'Keeps projects.reports_wanted_since in step with its recipients, whoever writes them.';
create trigger projects_note_reports_wanted before insert or update of report_recipients on public.projects
  for each row execute function private.note_reports_wanted();

create function public.list_report_candidates() returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'projects', coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'id', projects.id, 'slug', projects.slug, 'name', projects.name, 'time_zone', projects.time_zone, 'locale', projects.locale,
      'recipients', projects.report_recipients, 'created_at', private.iso(projects.created_at),
      'wanted_since', private.iso(projects.reports_wanted_since),
      'last_period_start', latest.period_start,
      -- Begun and not ended: a provider was away, or a worker was killed. Also of a week that a newer one has overtaken.
      'unfinished', (
        select coalesce(pg_catalog.jsonb_agg(pending.period_start order by pending.period_start), '[]')
        from public.reports as pending
        where pending.project_id = projects.id and pending.status = 'pending' and pending.next_attempt_at <= private.now()
          and (pending.leased_until is null or pending.leased_until <= private.now()))) order by projects.id), '[]'))
  from public.projects
  left join lateral (
    select max(reports.period_start) as period_start
    from public.reports where reports.project_id = projects.id and reports.kind = 'weekly') as latest on true
  where pg_catalog.cardinality(projects.report_recipients) > 0
    -- The week after one that begins on day D is due on D + 14 at 09:00, which the clocks of UTC+14 show late on D + 13. Before
    -- that no project needs a look, and a tick on any other day answers from two indexes.
    and (latest.period_start is null or latest.period_start + 13 <= (private.now() at time zone 'UTC')::date
      or exists (select from public.reports as pending where pending.project_id = projects.id and pending.status = 'pending'));
end;
comment on function public.list_report_candidates() is 'Projects that may have a report to send now, in one question for all of them. Which week is due follows each one''s time zone and is decided by the application.';

create function public.claim_report(p_project_id uuid, p_period_start date, p_period_end date) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_report public.reports;
begin
  insert into public.reports (project_id, kind, period_start, period_end, created_at, next_attempt_at)
  values (p_project_id, 'weekly', p_period_start, p_period_end, v_now, v_now)
  on conflict (project_id, kind, period_start) do nothing;

  update public.reports
  set lease_token = pg_catalog.nextval('private.fencing_tokens'), leased_until = v_now + interval '3 minutes',
      attempt = reports.attempt + 1
  where reports.id = (
    select due.id from public.reports as due
    where due.project_id = p_project_id and due.kind = 'weekly' and due.period_start = p_period_start
      and due.status = 'pending' and due.next_attempt_at <= v_now
      and (due.leased_until is null or due.leased_until <= v_now)
    for update skip locked)
  returning * into v_report;
  if v_report.id is null then return null; end if;
  return pg_catalog.jsonb_build_object('id', v_report.id, 'token', v_report.lease_token, 'attempt', v_report.attempt,
    'created_at', private.iso(v_report.created_at), 'recipients', v_report.recipients, 'data', v_report.data);
end
$$;
comment on function public.claim_report(uuid, date, date) is 'Leases the report of one week, or answers null: already sent, or in other hands.';

create function public.stamp_report(p_report jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare v_report jsonb := private.unwrap_json(p_report);
begin
  update public.reports
  set data = v_report -> 'data',
      recipients = array(select pg_catalog.jsonb_array_elements_text(v_report -> 'recipients'))
  where reports.id = (v_report ->> 'id')::uuid and reports.lease_token = (v_report ->> 'token')::bigint;
  return found;
end
$$;
comment on function public.stamp_report(jsonb) is 'Keeps figures and recipients before the first attempt to send: a repeated one sends the same mail to the same people, as idempotency keys demand. False when the lease was lost.';

create function public.finish_report(p_report jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_report jsonb := private.unwrap_json(p_report);
  v_next text := v_report ->> 'next';
begin
  update public.reports
  set lease_token = null, leased_until = null,
      status = case v_next when 'done' then 'sent' when 'retry' then 'pending' else 'failed' end,
      sent_at = case when v_next = 'done' then private.now() end,
      next_attempt_at = case when v_next = 'retry' then (v_report ->> 'next_attempt_at')::timestamptz end,
      last_error = case when v_next <> 'done' then v_report ->> 'detail' end
  where reports.id = (v_report ->> 'id')::uuid and reports.lease_token = (v_report ->> 'token')::bigint;
  return found;
end
$$;
comment on function public.finish_report(jsonb) is 'Notes what became of a report; false when the lease was lost.';

create function public.read_report_figures(p_project_id uuid, p_from timestamptz, p_until timestamptz, p_time_zone text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with hours as materialized (
    select rollups.*, pg_catalog.date_trunc('day', rollups.bucket_at, p_time_zone) as day_at
    from public.probe_rollups as rollups
    where rollups.project_id = p_project_id and rollups.resolution = 'hour'
      and rollups.bucket_at >= p_from and rollups.bucket_at < p_until
  ), buckets as materialized (
    select hours.monitor_id, hours.day_at, bucket.key, sum(bucket.n) as n
    from hours cross join lateral rows from (
      pg_catalog.unnest(hours.histogram_keys), pg_catalog.unnest(hours.histogram_counts)) as bucket(key, n)
    group by hours.monitor_id, hours.day_at, bucket.key
  ), monitor_histograms as (
    select monitor_id, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (select monitor_id, key, sum(n) as n from buckets group by monitor_id, key) as merged group by monitor_id
  ), day_histograms as (
    select day_at, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (select day_at, key, sum(n) as n from buckets group by day_at, key) as merged group by day_at
  ), monitor_sums as (
    select monitor_id, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by monitor_id
  ), day_sums as (
    select day_at, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by day_at
  )
  select pg_catalog.jsonb_build_object(
    'monitors', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'key', monitors.key, 'name', monitors.name, 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by monitors.name), '[]')
      from monitor_sums as sums
      join public.monitors on monitors.id = sums.monitor_id
      left join monitor_histograms as histograms on histograms.monitor_id = sums.monitor_id),
    'days', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'at', private.iso(sums.day_at), 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by sums.day_at), '[]')
      from day_sums as sums left join day_histograms as histograms on histograms.day_at = sums.day_at),
    'incidents', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'number', incidents.number, 'title', incidents.title, 'priority', incidents.priority, 'status', incidents.status,
        'started_at', private.iso(incidents.started_at), 'acknowledged_at', private.iso(incidents.acknowledged_at),
        'resolved_at', private.iso(incidents.resolved_at)) order by incidents.started_at), '[]')
      from public.incidents
      where incidents.project_id = p_project_id and incidents.started_at >= p_from and incidents.started_at < p_until));
end;
comment on function public.read_report_figures(uuid, timestamptz, timestamptz, text) is 'Sums, merged histograms and incidents of a span, by monitor and by local day. Row level security of the caller applies.';

create function private.command_request_report(p_project_id uuid, p_period text, p_to text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text := private.member_name(p_project_id, v_user);
  v_project public.projects;
  v_to text[];
  v_id uuid := gen_random_uuid();
begin
  if p_period is null or p_period not in ('last_week', 'this_week') then
    raise exception 'period: must be last_week or this_week' using errcode = 'PT422', detail = 'period';
  end if;
  if p_to is null or p_to not in ('recipients', 'me') then
    raise exception 'to: must be recipients or me' using errcode = 'PT422', detail = 'to';
  end if;
  select * into v_project from public.projects where projects.id = p_project_id;
  v_to := case p_to when 'me' then array[v_name] else v_project.report_recipients end;
  if pg_catalog.cardinality(v_to) = 0 then
    raise exception 'to: the project has no recipients of reports yet; name them in its settings' using errcode = 'PT422', detail = 'to';
  end if;
  perform private.write_audit(p_project_id, v_user, v_name, 'report_requested', 'report', v_id::text, v_project.name,
    pg_catalog.jsonb_build_object('period', p_period, 'to', v_to));
  return pg_catalog.jsonb_build_object('id', v_id, 'to', v_to, 'requested_by', v_name, 'now', private.iso(private.now()),
    'project', pg_catalog.jsonb_build_object('id', v_project.id, 'slug', v_project.slug, 'name', v_project.name,
      'time_zone', v_project.time_zone, 'locale', v_project.locale));
end
$$;
create function public.request_report(p_project_id uuid, p_period text, p_to text) returns jsonb
language sql security invoker set search_path = '' return private.command_request_report(p_project_id, p_period, p_to);
comment on function public.request_report(uuid, text, text) is 'Allows an extra report and says to whom it goes; the weekly one does not notice. Admins.';
