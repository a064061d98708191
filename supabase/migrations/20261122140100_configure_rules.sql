-- Rules of vigie.yaml, read and applied with the rest of the file in one transaction: around what does so for everything else, which moves
-- out of the API's sight.

alter table public.alert_rules add column managed_by text constraint alert_rules_managed_by_check check (managed_by = 'file');
comment on column public.alert_rules.managed_by is 'file: described by a vigie.yaml, whose next apply overwrites changes; null: made by people.';

alter function public.read_configuration(text) rename to read_configuration_with_kpis;
alter function public.read_configuration_with_kpis(text) set schema private;
alter function public.apply_configuration(jsonb, text) rename to apply_configuration_with_kpis;
alter function public.apply_configuration_with_kpis(jsonb, text) set schema private;

create function private.channel_keys(p_project_id uuid, p_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(channels.key order by channels.key), '[]')
  from public.channels where channels.project_id = p_project_id and channels.id = any (p_ids);
end;
comment on function private.channel_keys(uuid, uuid[]) is 'The channels of a rule as a file names them. One that is gone is passed over.';

create function private.with_channel_ids(p_project_id uuid, p_rule jsonb) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select p_rule - 'notify' || pg_catalog.jsonb_build_object('notify_channel_ids', coalesce(pg_catalog.jsonb_agg(channels.id order by channels.key), '[]'))
  from public.channels where channels.project_id = p_project_id and p_rule -> 'notify' ? channels.key;
end;
comment on function private.with_channel_ids(uuid, jsonb) is 'A rule of a file, which names channels by key, as it is stored.';

create function public.read_configuration(p_slug text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select private.read_configuration_with_kpis(p_slug) || pg_catalog.jsonb_build_object(
    'rules', (
      select coalesce(pg_catalog.jsonb_agg(private.rule_json(rules.*) || pg_catalog.jsonb_build_object(
        'notify', private.channel_keys(projects.id, rules.notify_channel_ids), 'managed_by', rules.managed_by,
        'pack_original', case when rules.pack_original is not null then rules.pack_original || pg_catalog.jsonb_build_object('notify',
          private.channel_keys(projects.id, array(select pg_catalog.jsonb_array_elements_text(rules.pack_original -> 'notify_channel_ids')::uuid))) end)
        order by rules.key), '[]')
      from public.alert_rules as rules where rules.project_id = projects.id),
    'metric_units', (
      select coalesce(pg_catalog.jsonb_object_agg(metrics.name, metrics.unit), '{}')
      from (select distinct on (series.name) series.name, series.unit from public.series where series.project_id = projects.id
        order by series.name, series.id) as metrics),
    'token_budget', projects.monthly_token_budget)
  from public.projects where projects.slug = p_slug;
end;
comment on function public.read_configuration(text) is 'Everything that vigie.yaml describes, as it stands; null when there is no such project. Service role: it holds ciphertexts, to tell whether a secret changed.';

create function private.configure_rule(p_project_id uuid, p_rule jsonb, p_actor text) returns text
language plpgsql security invoker set search_path = ''
as $$
declare
  v_old public.alert_rules;
  v_new public.alert_rules;
  v_original jsonb := case when p_rule -> 'pack_original' <> 'null' then private.with_channel_ids(p_project_id, p_rule -> 'pack_original') end;
begin
  select * into v_old from public.alert_rules where alert_rules.project_id = p_project_id and alert_rules.key = p_rule ->> 'key';
  perform private.write_rule(p_project_id, private.with_channel_ids(p_project_id, p_rule - 'pack_original')
    || case when v_original is null then '{}' else pg_catalog.jsonb_build_object('pack_original', v_original) end, null, p_actor);
  select * into v_new from public.alert_rules where alert_rules.project_id = p_project_id and alert_rules.key = p_rule ->> 'key';
  if v_old.id is not null and v_old.managed_by = 'file' and private.rule_json(v_old) = private.rule_json(v_new)
    and v_old.pack_original is not distinct from v_new.pack_original then
    -- Written as it was: not even the time of the last change is another.
    update public.alert_rules set updated_at = v_old.updated_at where alert_rules.id = v_old.id;
    return 'unchanged';
  end if;
  update public.alert_rules set managed_by = 'file' where alert_rules.id = v_new.id;
  return case when v_old.id is null then 'created' else 'updated' end;
end
$$;
comment on function private.configure_rule(uuid, jsonb, text) is 'Writes one rule of a file and says created, updated or unchanged.';

create function public.apply_configuration(p_changes jsonb, p_actor text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_changes jsonb := private.unwrap_json(p_changes);
  v_rules jsonb := coalesce(v_changes -> 'rules', '[]');
  -- Takes the project's row first: two applies at once take turns. Channels are there when rules name them.
  v_answer jsonb := private.apply_configuration_with_kpis(v_changes, p_actor);
  v_project_id uuid := (v_answer ->> 'project_id')::uuid;
  v_gone text[];
  v_item jsonb;
  v_result text;
begin
  select pg_catalog.array_agg(alert_rules.key) into v_gone from public.alert_rules
  where alert_rules.project_id = v_project_id and alert_rules.managed_by = 'file'
    and not exists (select from pg_catalog.jsonb_array_elements(v_rules) as item where item ->> 'key' = alert_rules.key);
  if v_gone is not null then
    v_answer := pg_catalog.jsonb_set(v_answer, '{deleted}', pg_catalog.to_jsonb(
      (v_answer ->> 'deleted')::integer + private.delete_rules(v_project_id, v_gone, null, p_actor)));
  end if;
  for v_item in select * from pg_catalog.jsonb_array_elements(v_rules) loop
    v_result := private.configure_rule(v_project_id, v_item, p_actor);
    v_answer := pg_catalog.jsonb_set(v_answer, array[v_result], pg_catalog.to_jsonb((v_answer ->> v_result)::integer + 1));
  end loop;
  return v_answer;
end
$$;
comment on function public.apply_configuration(jsonb, text) is 'Brings a project to what a vigie.yaml describes, whole or not at all; applying the same file again changes nothing.';
comment on function private.read_configuration_with_kpis(text) is 'Behind read_configuration: project, channels, monitors and KPIs.';
comment on function private.apply_configuration_with_kpis(jsonb, text) is 'Behind apply_configuration: project, channels, monitors and KPIs.';

revoke execute on function private.channel_keys(uuid, uuid[]), private.with_channel_ids(uuid, jsonb), private.configure_rule(uuid, jsonb, text),
  public.read_configuration(text), public.apply_configuration(jsonb, text) from public, anon, authenticated;
grant execute on function private.channel_keys(uuid, uuid[]), private.with_channel_ids(uuid, jsonb), private.configure_rule(uuid, jsonb, text),
  public.read_configuration(text), public.apply_configuration(jsonb, text) to service_role;
