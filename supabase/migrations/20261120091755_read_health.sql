-- How the watcher itself is, for the health page. Service role: it looks across projects, and answers no more than yes or no about them.

create function public.read_health() returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'tick_succeeded_at', (select private.iso(pulses.last_success_at) from public.task_pulses as pulses where pulses.task = 'tick'),
    'tick_started_at', (select private.iso(pulses.started_at) from public.task_pulses as pulses where pulses.task = 'tick'),
    'has_tick_failed', coalesce((select pulses.last_error is not null from public.task_pulses as pulses where pulses.task = 'tick'), false),
    'first_monitor_at', (select private.iso(min(monitors.created_at)) from public.monitors where monitors.paused_at is null),
    'has_backlog', exists (
      select from public.notifications
      where notifications.status = 'pending' and notifications.created_at < private.now() - interval '5 minutes'),
    -- A message is given up a day after it was decided at the latest, so that older ones need no look.
    'has_dead_letters', exists (
      select from public.notifications join public.deliveries on deliveries.notification_id = notifications.id
      where notifications.status = 'dead' and notifications.created_at > private.now() - interval '26 hours'
        and deliveries.finished_at > private.now() - interval '1 hour'));
end;
comment on function public.read_health() is 'Facts about scheduler and outbox for the health page. Service role.';
