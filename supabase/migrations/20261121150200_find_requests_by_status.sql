-- Serves "5xx only" and "429 only" of the logs page: they are few among many.
create index logs_project_id_status_idx on public.logs (project_id, at desc) where status_code >= 429;
