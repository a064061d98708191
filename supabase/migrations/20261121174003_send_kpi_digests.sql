-- The figures of the business every morning, to the channels that a project chose.

alter table public.notifications drop constraint notifications_kind_check;
alter table public.notifications add constraint notifications_kind_check check (kind in
  ('incident.triggered', 'incident.acknowledged', 'incident.resolved', 'monitor.degraded', 'monitor.recovered', 'test', 'kpi.digest'));

create table public.kpi_digest_channels (
  channel_id uuid primary key references public.channels (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  -- Who chooses at noon did not ask for what was due at nine.
  created_at timestamptz not null default now()
);
comment on table public.kpi_digest_channels is 'Channels that get the daily digest of KPIs.';
-- Serves the digest page and the list of candidates.
create index kpi_digest_channels_project_id_idx on public.kpi_digest_channels (project_id);

create table public.kpi_digests (
  project_id uuid not null references public.projects (id) on delete cascade,
  day date not null,
  created_at timestamptz not null,
  constraint kpi_digests_pkey primary key (project_id, day)
);
comment on table public.kpi_digests is 'Digests that were put into the outbox. One row a project and local day is the promise of exactly once, however often the cron fires.';

grant select on public.kpi_digest_channels, public.kpi_digests to authenticated;
grant select, insert, update, delete on public.kpi_digest_channels, public.kpi_digests to service_role;
revoke all on public.kpi_digest_channels, public.kpi_digests from anon;
alter table public.kpi_digest_channels enable row level security;
alter table public.kpi_digests enable row level security;
create policy "Members read who gets the digests of their projects" on public.kpi_digest_channels for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read which digests of their projects were sent" on public.kpi_digests for select to authenticated
  using (project_id in (select private.current_project_ids()));

create function private.command_save_kpi_digest(p_project_id uuid, p_channel_ids uuid[]) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_before text[];
  v_after text[];
begin
  perform from public.projects where projects.id = p_project_id for update;
  if exists (
    select from pg_catalog.unnest(p_channel_ids) as wanted(id)
    where not exists (select from public.channels where channels.id = wanted.id and channels.project_id = p_project_id)) then
    raise exception 'there is no such channel in this project' using errcode = 'PT404', detail = 'channels';
  end if;
  select coalesce(pg_catalog.array_agg(channels.name order by channels.name), '{}') into v_before
  from public.kpi_digest_channels as chosen join public.channels on channels.id = chosen.channel_id where chosen.project_id = p_project_id;
  delete from public.kpi_digest_channels as chosen where chosen.project_id = p_project_id and chosen.channel_id <> all (p_channel_ids);
  insert into public.kpi_digest_channels (channel_id, project_id, created_at)
  select distinct wanted.id, p_project_id, private.now() from pg_catalog.unnest(p_channel_ids) as wanted(id)
  on conflict (channel_id) do nothing;
  select coalesce(pg_catalog.array_agg(channels.name order by channels.name), '{}') into v_after
  from public.kpi_digest_channels as chosen join public.channels on channels.id = chosen.channel_id where chosen.project_id = p_project_id;
  if v_before = v_after then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'kpi_digest_updated', 'kpi', p_project_id::text, '',
    private.diff_json(pg_catalog.jsonb_build_object('channels', v_before), pg_catalog.jsonb_build_object('channels', v_after)));
  return true;
end
$$;
comment on function private.command_save_kpi_digest(uuid, uuid[]) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.save_kpi_digest(p_project_id uuid, p_channel_ids uuid[]) returns boolean
language sql security invoker set search_path = '' return private.command_save_kpi_digest(p_project_id, p_channel_ids);
comment on function public.save_kpi_digest(uuid, uuid[]) is 'Chooses the channels of the daily digest; false when nothing was different. Admins.';

create function public.list_kpi_digest_candidates() returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'projects', coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'id', projects.id, 'slug', projects.slug, 'name', projects.name, 'time_zone', projects.time_zone, 'locale', projects.locale,
      'wanted_since', private.iso(wanted.since), 'last_day', (select max(digests.day) from public.kpi_digests as digests where digests.project_id = projects.id),
      -- Queries of nine o'clock that have not answered yet.
      'has_running', exists (select from public.kpis where kpis.project_id = projects.id and kpis.next_run_at <= private.now())) order by projects.id), '[]'))
  from (
    select chosen.project_id, min(chosen.created_at) as since
    from public.kpi_digest_channels as chosen join public.channels on channels.id = chosen.channel_id and channels.enabled
    group by chosen.project_id) as wanted
  join public.projects on projects.id = wanted.project_id;
end;
comment on function public.list_kpi_digest_candidates() is 'Projects that want a digest. Whether one is due follows each one''s time zone and is decided by the application.';

create function public.queue_kpi_digest(p_digest jsonb) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_digest jsonb := private.unwrap_json(p_digest);
  v_project_id uuid := (v_digest ->> 'project_id')::uuid;
  v_day date := (v_digest ->> 'day')::date;
  v_now timestamptz := private.now();
  v_count integer;
begin
  insert into public.kpi_digests (project_id, day, created_at) values (v_project_id, v_day, v_now) on conflict (project_id, day) do nothing;
  if not found then return null; end if;
  insert into public.notifications (project_id, channel_id, kind, dedupe_key, reason, payload, created_at, next_attempt_at)
  select v_project_id, channels.id, 'kpi.digest', pg_catalog.concat_ws(':', 'kpi.digest', v_project_id, v_day, channels.id),
    'the daily digest of KPIs was due', v_digest -> 'payload', v_now, v_now
  from public.kpi_digest_channels as chosen
  join public.channels on channels.id = chosen.channel_id and channels.enabled
  where chosen.project_id = v_project_id;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.queue_kpi_digest(jsonb) is 'Puts the digest of one local day into the outbox, for each chosen channel; null when that day had its digest already.';

revoke execute on function private.command_save_kpi_digest(uuid, uuid[]), public.save_kpi_digest(uuid, uuid[]),
  public.list_kpi_digest_candidates(), public.queue_kpi_digest(jsonb) from public, anon, authenticated;
grant execute on function private.command_save_kpi_digest(uuid, uuid[]), public.save_kpi_digest(uuid, uuid[]) to authenticated;
grant execute on function public.list_kpi_digest_candidates(), public.queue_kpi_digest(jsonb) to service_role;
