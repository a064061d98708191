-- Errors as a tracker groups them. Single events stay there; here stand how many there are, since when, and where to read on.

create table public.error_issues (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  kind text not null constraint error_issues_kind_check check (kind in ('issue', 'alert')),
  external_id text not null,
  short_id text not null,
  title text not null,
  level text not null constraint error_issues_level_check check (level in ('fatal', 'error', 'warning', 'info', 'debug')),
  status text not null constraint error_issues_status_check check (status in ('unresolved', 'resolved', 'ignored')),
  status_at timestamptz not null,
  service text not null,
  release text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- As the tracker counted them when it last told.
  told_count bigint not null,
  -- Events that we were told of one by one; both figures are at most the truth, so the larger one is nearer to it.
  event_count bigint not null,
  user_count bigint not null,
  url text not null,
  constraint error_issues_project_id_external_id_key unique (project_id, external_id)
);
comment on table public.error_issues is 'Errors of one cause and alerts about many, from Sentry.';
-- Serves the list: what was seen last stands first.
create index error_issues_project_id_last_seen_at_idx on public.error_issues (project_id, last_seen_at desc, id desc);
-- Serves the list of what is open.
create index error_issues_open_idx on public.error_issues (project_id, last_seen_at desc, id desc) where status = 'unresolved';

create function private.store_error_issue(p_project_id uuid, p_message jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_at timestamptz := pg_catalog.to_timestamp((p_message ->> 'at')::double precision / 1000);
begin
  insert into public.error_issues as known (project_id, kind, external_id, short_id, title, level, status, status_at, service, release,
    first_seen_at, last_seen_at, told_count, event_count, user_count, url)
  values (p_project_id, p_message ->> 'kind', p_message ->> 'external_id', p_message ->> 'short_id', p_message ->> 'title',
    p_message ->> 'level', coalesce(p_message ->> 'status', 'unresolved'),
    -- An event says nothing of the status: any message that does is newer than it.
    case when p_message ->> 'status' is null then '-infinity' else v_at end,
    p_message ->> 'service', p_message ->> 'release',
    pg_catalog.to_timestamp((p_message ->> 'first_seen_at')::double precision / 1000),
    pg_catalog.to_timestamp((p_message ->> 'last_seen_at')::double precision / 1000),
    coalesce((p_message ->> 'count')::bigint, 0), (p_message ->> 'events')::bigint, coalesce((p_message ->> 'users')::bigint, 0),
    p_message ->> 'url')
  on conflict (project_id, external_id) do update
  set short_id = coalesce(nullif(excluded.short_id, ''), known.short_id),
      title = coalesce(nullif(excluded.title, ''), known.title),
      level = case when excluded.last_seen_at >= known.last_seen_at then excluded.level else known.level end,
      status = case when excluded.status_at >= known.status_at then excluded.status else known.status end,
      status_at = greatest(excluded.status_at, known.status_at),
      service = coalesce(nullif(excluded.service, ''), known.service),
      release = case when excluded.release <> '' and (excluded.last_seen_at >= known.last_seen_at or known.release = '')
        then excluded.release else known.release end,
      first_seen_at = least(excluded.first_seen_at, known.first_seen_at),
      last_seen_at = greatest(excluded.last_seen_at, known.last_seen_at),
      told_count = greatest(excluded.told_count, known.told_count),
      event_count = known.event_count + excluded.event_count,
      user_count = greatest(excluded.user_count, known.user_count),
      url = coalesce(nullif(excluded.url, ''), known.url);
end
$$;
comment on function private.store_error_issue(uuid, jsonb) is 'Folds one message into its issue: figures only grow, and the newest status holds.';

revoke all on public.error_issues from anon, authenticated;
grant select on public.error_issues to authenticated;
grant select, insert, update, delete on public.error_issues to service_role;
alter table public.error_issues enable row level security;
create policy "Members read the errors of their projects" on public.error_issues for select to authenticated
  using (project_id in (select private.current_project_ids()));

revoke execute on function private.store_error_issue(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function private.store_error_issue(uuid, jsonb) to service_role;
