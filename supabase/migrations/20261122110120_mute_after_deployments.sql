-- A deployment restarts what it deploys: a short mute after it keeps that from paging, and a longer soak names it as the suspect.

alter table public.projects
  add column mute_after_deploy_seconds integer not null default 0
    constraint projects_mute_after_deploy_seconds_check check (mute_after_deploy_seconds between 0 and 3600),
  add column soak_minutes integer not null default 15 constraint projects_soak_minutes_check check (soak_minutes between 0 and 1440);
comment on column public.projects.mute_after_deploy_seconds is 'Nobody is told of an alert that begins so soon after a production deployment, unless it outlasts this; 0 for no such mute.';
comment on column public.projects.soak_minutes is 'An alert that fires so soon after a production deployment is compared with the time before it, and the deployment is named; 0 for never.';

create function private.command_set_deploy_mute(p_project_id uuid, p_mute_seconds integer, p_soak_minutes integer) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_before public.projects;
begin
  select * into v_before from public.projects where projects.id = p_project_id for update;
  if (v_before.mute_after_deploy_seconds, v_before.soak_minutes) = (p_mute_seconds, p_soak_minutes) then return false; end if;
  update public.projects set mute_after_deploy_seconds = p_mute_seconds, soak_minutes = p_soak_minutes where projects.id = p_project_id;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'project_updated', 'project', p_project_id::text, v_before.name,
    private.diff_json(
      pg_catalog.jsonb_build_object('mute_after_deploy_seconds', v_before.mute_after_deploy_seconds, 'soak_minutes', v_before.soak_minutes),
      pg_catalog.jsonb_build_object('mute_after_deploy_seconds', p_mute_seconds, 'soak_minutes', p_soak_minutes)));
  return true;
end
$$;
comment on function private.command_set_deploy_mute(uuid, integer, integer) is 'Checks the role of the caller, then acts. Behind the public function set_deploy_mute.';

create function public.set_deploy_mute(p_project_id uuid, p_mute_seconds integer, p_soak_minutes integer) returns boolean
language sql security invoker set search_path = '' return private.command_set_deploy_mute(p_project_id, p_mute_seconds, p_soak_minutes);
comment on function public.set_deploy_mute(uuid, integer, integer) is 'Sets how long deployments keep alerts quiet, and how long they are suspect; false when nothing was different. Admins.';

revoke execute on function private.command_set_deploy_mute(uuid, integer, integer), public.set_deploy_mute(uuid, integer, integer) from public, anon, authenticated;
grant execute on function private.command_set_deploy_mute(uuid, integer, integer), public.set_deploy_mute(uuid, integer, integer) to authenticated;
