-- What the project's page for Prometheus says besides the monitors. Service role: an API key has no user.

create function public.read_project_figures(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'open_incidents', coalesce((
      select pg_catalog.jsonb_object_agg(counts.priority, counts.count)
      from (select incidents.priority, count(*) as count from public.incidents
            where incidents.project_id = p_project_id and incidents.status <> 'resolved' group by incidents.priority) as counts), '{}'),
    -- Attempts under way are left out: a counter must not fall when they end.
    'deliveries', coalesce((
      select pg_catalog.jsonb_object_agg(counts.outcome, counts.count)
      from (select deliveries.outcome, count(*) as count from public.deliveries
            where deliveries.project_id = p_project_id and deliveries.outcome <> 'started' group by deliveries.outcome) as counts), '{}'),
    'pending_notifications', (
      select count(*) from public.notifications where notifications.project_id = p_project_id and notifications.status = 'pending'),
    'oldest_pending_at', (
      select private.iso(min(notifications.created_at)) from public.notifications
      where notifications.project_id = p_project_id and notifications.status = 'pending'),
    'dead_notifications', (
      select count(*) from public.notifications where notifications.project_id = p_project_id and notifications.status = 'dead'),
    'tick_succeeded_at', (
      select private.iso(pulses.last_success_at) from public.task_pulses as pulses where pulses.task = 'tick'),
    -- Of today: a counter that starts anew each day is one that Prometheus understands; one that forgets its oldest day is not.
    'ingest', coalesce((
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('source', days.source, 'code', days.code, 'count', days.count) order by days.source, days.code)
      from public.ingest_days as days
      where days.project_id = p_project_id and days.day = (private.now() at time zone 'UTC')::date), '[]'));
end;
comment on function public.read_project_figures(uuid) is 'Open incidents, deliveries, outbox, scheduler and what came in today, of one project, for Prometheus. Service role.';
-- Serves the count of what waits to be sent.
create index notifications_project_id_pending_idx on public.notifications (project_id, created_at) where status = 'pending';

revoke execute on function public.read_project_figures(uuid) from public, anon, authenticated;
grant execute on function public.read_project_figures(uuid) to service_role;
