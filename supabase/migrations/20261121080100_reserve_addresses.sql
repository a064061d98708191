-- Keys and slugs are parts of addresses: those that pages of our own stand at are not to be had.

alter table public.projects add constraint projects_slug_reserved_check check (slug <> all (array[
  'ack', 'api', 'auth', 'docs', 'feedback', 'ingest', 'metrics', 'new', 'ping', 'settings', 'setup', 'sign-in', 'sign-out', 'static',
  'status', 'vitals']));
alter table public.monitors add constraint monitors_key_reserved_check check (key <> 'new');
alter table public.channels add constraint channels_key_reserved_check check (key <> 'new');
