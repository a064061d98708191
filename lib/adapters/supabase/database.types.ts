export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  __InternalSupabase: {
    PostgrestVersion: "13.0.5"
  }
  public: {
    Tables: {
      active_users: {
        Row: {
          period: string
          project_id: string
          starts_on: string
          user_count: number
        }
        Insert: {
          period: string
          project_id: string
          starts_on: string
          user_count: number
        }
        Update: {
          period?: string
          project_id?: string
          starts_on?: string
          user_count?: number
        }
        Relationships: [
          {
            foreignKeyName: "active_users_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      active_visitors: {
        Row: {
          hash: string
          period: string
          project_id: string
          starts_on: string
        }
        Insert: {
          hash: string
          period: string
          project_id: string
          starts_on: string
        }
        Update: {
          hash?: string
          period?: string
          project_id?: string
          starts_on?: string
        }
        Relationships: [
          {
            foreignKeyName: "active_visitors_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      alert_rules: {
        Row: {
          condition: Json
          created_at: string
          enabled: boolean
          for_ms: number
          group_by: string[]
          group_limit: number
          id: string
          incident_by: string[] | null
          inhibited_by: Json
          keep_firing_for_ms: number
          key: string
          labels: Json
          managed_by: string | null
          name: string
          no_data: string
          notify_channel_ids: string[]
          pack: string | null
          pack_original: Json | null
          pack_row: string | null
          pack_version: number | null
          project_id: string
          repeat_ms: number
          runbook: string | null
          severity_critical: string
          severity_warning: string
          throttle_ms: number
          updated_at: string
        }
        Insert: {
          condition: Json
          created_at?: string
          enabled?: boolean
          for_ms: number
          group_by?: string[]
          group_limit: number
          id?: string
          incident_by?: string[] | null
          inhibited_by?: Json
          keep_firing_for_ms?: number
          key: string
          labels?: Json
          managed_by?: string | null
          name: string
          no_data: string
          notify_channel_ids?: string[]
          pack?: string | null
          pack_original?: Json | null
          pack_row?: string | null
          pack_version?: number | null
          project_id: string
          repeat_ms?: number
          runbook?: string | null
          severity_critical: string
          severity_warning: string
          throttle_ms?: number
          updated_at?: string
        }
        Update: {
          condition?: Json
          created_at?: string
          enabled?: boolean
          for_ms?: number
          group_by?: string[]
          group_limit?: number
          id?: string
          incident_by?: string[] | null
          inhibited_by?: Json
          keep_firing_for_ms?: number
          key?: string
          labels?: Json
          managed_by?: string | null
          name?: string
          no_data?: string
          notify_channel_ids?: string[]
          pack?: string | null
          pack_original?: Json | null
          pack_row?: string | null
          pack_version?: number | null
          project_id?: string
          repeat_ms?: number
          runbook?: string | null
          severity_critical?: string
          severity_warning?: string
          throttle_ms?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "alert_rules_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      alerts: {
        Row: {
          about_monitor_id: string | null
          evidence: Json
          group_key: string | null
          group_values: string[] | null
          id: string
          incident_id: string | null
          kind: string
          level: string | null
          monitor_id: string | null
          muted_code: string | null
          muted_reason: string | null
          muted_until: string | null
          points: Json | null
          project_id: string
          reason: string
          resolved_at: string | null
          resolved_reason: string | null
          rule_id: string | null
          severity: string
          started_at: string
          status: string
          told_at: string | null
          told_reason: string | null
          unmuted_at: string | null
        }
        Insert: {
          about_monitor_id?: string | null
          evidence?: Json
          group_key?: string | null
          group_values?: string[] | null
          id?: string
          incident_id?: string | null
          kind: string
          level?: string | null
          monitor_id?: string | null
          muted_code?: string | null
          muted_reason?: string | null
          muted_until?: string | null
          points?: Json | null
          project_id: string
          reason: string
          resolved_at?: string | null
          resolved_reason?: string | null
          rule_id?: string | null
          severity: string
          started_at: string
          status?: string
          told_at?: string | null
          told_reason?: string | null
          unmuted_at?: string | null
        }
        Update: {
          about_monitor_id?: string | null
          evidence?: Json
          group_key?: string | null
          group_values?: string[] | null
          id?: string
          incident_id?: string | null
          kind?: string
          level?: string | null
          monitor_id?: string | null
          muted_code?: string | null
          muted_reason?: string | null
          muted_until?: string | null
          points?: Json | null
          project_id?: string
          reason?: string
          resolved_at?: string | null
          resolved_reason?: string | null
          rule_id?: string | null
          severity?: string
          started_at?: string
          status?: string
          told_at?: string | null
          told_reason?: string | null
          unmuted_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "alerts_about_monitor_id_fkey"
            columns: ["about_monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "alerts_incident_id_fkey"
            columns: ["incident_id"]
            isOneToOne: false
            referencedRelation: "incidents"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "alerts_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "alerts_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "alerts_rule_id_fkey"
            columns: ["rule_id"]
            isOneToOne: false
            referencedRelation: "alert_rules"
            referencedColumns: ["id"]
          },
        ]
      }
      api_keys: {
        Row: {
          created_at: string
          created_by: string
          hash: string
          id: string
          last_used_at: string | null
          name: string
          prefix: string
          project_id: string
          revoked_at: string | null
          scopes: string[]
        }
        Insert: {
          created_at?: string
          created_by: string
          hash: string
          id?: string
          last_used_at?: string | null
          name: string
          prefix: string
          project_id: string
          revoked_at?: string | null
          scopes?: string[]
        }
        Update: {
          created_at?: string
          created_by?: string
          hash?: string
          id?: string
          last_used_at?: string | null
          name?: string
          prefix?: string
          project_id?: string
          revoked_at?: string | null
          scopes?: string[]
        }
        Relationships: [
          {
            foreignKeyName: "api_keys_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      audit_entries: {
        Row: {
          action: string
          actor_name: string
          actor_user_id: string | null
          at: string
          details: Json
          id: number
          project_id: string
          subject_id: string
          subject_kind: string
          subject_name: string
        }
        Insert: {
          action: string
          actor_name: string
          actor_user_id?: string | null
          at?: string
          details?: Json
          id?: never
          project_id: string
          subject_id: string
          subject_kind: string
          subject_name?: string
        }
        Update: {
          action?: string
          actor_name?: string
          actor_user_id?: string | null
          at?: string
          details?: Json
          id?: never
          project_id?: string
          subject_id?: string
          subject_kind?: string
          subject_name?: string
        }
        Relationships: [
          {
            foreignKeyName: "audit_entries_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      channel_secrets: {
        Row: {
          channel_id: string
          ciphertext: string
          project_id: string
          updated_at: string
        }
        Insert: {
          channel_id: string
          ciphertext: string
          project_id: string
          updated_at?: string
        }
        Update: {
          channel_id?: string
          ciphertext?: string
          project_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "channel_secrets_channel_id_fkey"
            columns: ["channel_id"]
            isOneToOne: true
            referencedRelation: "channels"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "channel_secrets_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      channels: {
        Row: {
          config: Json
          created_at: string
          disabled_reason: string | null
          enabled: boolean
          has_secret: boolean
          id: string
          key: string
          kind: string
          managed_by: string | null
          min_severity: string | null
          name: string
          project_id: string
          updated_at: string
        }
        Insert: {
          config?: Json
          created_at?: string
          disabled_reason?: string | null
          enabled?: boolean
          has_secret?: boolean
          id?: string
          key: string
          kind: string
          managed_by?: string | null
          min_severity?: string | null
          name: string
          project_id: string
          updated_at?: string
        }
        Update: {
          config?: Json
          created_at?: string
          disabled_reason?: string | null
          enabled?: boolean
          has_secret?: boolean
          id?: string
          key?: string
          kind?: string
          managed_by?: string | null
          min_severity?: string | null
          name?: string
          project_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "channels_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      database_snapshots: {
        Row: {
          at: string
          counters: Json | null
          data: Json | null
          day: string
          project_id: string
          size_bytes: number
          source_id: string
          tables: Json
        }
        Insert: {
          at: string
          counters?: Json | null
          data?: Json | null
          day: string
          project_id: string
          size_bytes: number
          source_id: string
          tables: Json
        }
        Update: {
          at?: string
          counters?: Json | null
          data?: Json | null
          day?: string
          project_id?: string
          size_bytes?: number
          source_id?: string
          tables?: Json
        }
        Relationships: [
          {
            foreignKeyName: "database_snapshots_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "database_snapshots_source_id_fkey"
            columns: ["source_id"]
            isOneToOne: false
            referencedRelation: "database_sources"
            referencedColumns: ["id"]
          },
        ]
      }
      database_source_secrets: {
        Row: {
          connection_ciphertext: string | null
          metrics_key_ciphertext: string | null
          project_id: string
          source_id: string
          updated_at: string
        }
        Insert: {
          connection_ciphertext?: string | null
          metrics_key_ciphertext?: string | null
          project_id: string
          source_id: string
          updated_at?: string
        }
        Update: {
          connection_ciphertext?: string | null
          metrics_key_ciphertext?: string | null
          project_id?: string
          source_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "database_source_secrets_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "database_source_secrets_source_id_fkey"
            columns: ["source_id"]
            isOneToOne: true
            referencedRelation: "database_sources"
            referencedColumns: ["id"]
          },
        ]
      }
      database_sources: {
        Row: {
          address: string | null
          created_at: string
          enabled: boolean
          has_metrics_key: boolean
          id: string
          key: string
          kind: string
          last_attempt_at: string | null
          last_collected_at: string | null
          last_error: string | null
          last_failure: string | null
          lease_token: number | null
          leased_until: string | null
          name: string
          next_due_at: string
          project_id: string
          project_ref: string | null
          storage_limit_bytes: number | null
          updated_at: string
        }
        Insert: {
          address?: string | null
          created_at?: string
          enabled?: boolean
          has_metrics_key?: boolean
          id?: string
          key: string
          kind: string
          last_attempt_at?: string | null
          last_collected_at?: string | null
          last_error?: string | null
          last_failure?: string | null
          lease_token?: number | null
          leased_until?: string | null
          name: string
          next_due_at?: string
          project_id: string
          project_ref?: string | null
          storage_limit_bytes?: number | null
          updated_at?: string
        }
        Update: {
          address?: string | null
          created_at?: string
          enabled?: boolean
          has_metrics_key?: boolean
          id?: string
          key?: string
          kind?: string
          last_attempt_at?: string | null
          last_collected_at?: string | null
          last_error?: string | null
          last_failure?: string | null
          lease_token?: number | null
          leased_until?: string | null
          name?: string
          next_due_at?: string
          project_id?: string
          project_ref?: string | null
          storage_limit_bytes?: number | null
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "database_sources_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      deleted_rules: {
        Row: {
          deleted_at: string
          key: string
          project_id: string
          rule: Json
        }
        Insert: {
          deleted_at?: string
          key: string
          project_id: string
          rule: Json
        }
        Update: {
          deleted_at?: string
          key?: string
          project_id?: string
          rule?: Json
        }
        Relationships: [
          {
            foreignKeyName: "deleted_rules_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      deliveries: {
        Row: {
          attempt: number
          detail: string
          finished_at: string | null
          id: number
          notification_id: string
          outcome: string
          project_id: string
          provider_id: string | null
          started_at: string
          status_code: number | null
          via_outbox: boolean
        }
        Insert: {
          attempt: number
          detail?: string
          finished_at?: string | null
          id?: never
          notification_id: string
          outcome?: string
          project_id: string
          provider_id?: string | null
          started_at: string
          status_code?: number | null
          via_outbox?: boolean
        }
        Update: {
          attempt?: number
          detail?: string
          finished_at?: string | null
          id?: never
          notification_id?: string
          outcome?: string
          project_id?: string
          provider_id?: string | null
          started_at?: string
          status_code?: number | null
          via_outbox?: boolean
        }
        Relationships: [
          {
            foreignKeyName: "deliveries_notification_id_fkey"
            columns: ["notification_id"]
            isOneToOne: false
            referencedRelation: "notifications"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "deliveries_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      deployments: {
        Row: {
          branch: string
          commit: string
          commit_message: string
          crashed_at: string | null
          created_at: string
          environment: string
          external_id: string
          failed_at: string | null
          finished_at: string | null
          id: number
          project_id: string
          ready_at: string | null
          service: string
          source: string
          status: string
          status_at: string
          url: string
        }
        Insert: {
          branch: string
          commit: string
          commit_message: string
          crashed_at?: string | null
          created_at: string
          environment: string
          external_id: string
          failed_at?: string | null
          finished_at?: string | null
          id?: never
          project_id: string
          ready_at?: string | null
          service: string
          source: string
          status: string
          status_at: string
          url: string
        }
        Update: {
          branch?: string
          commit?: string
          commit_message?: string
          crashed_at?: string | null
          created_at?: string
          environment?: string
          external_id?: string
          failed_at?: string | null
          finished_at?: string | null
          id?: never
          project_id?: string
          ready_at?: string | null
          service?: string
          source?: string
          status?: string
          status_at?: string
          url?: string
        }
        Relationships: [
          {
            foreignKeyName: "deployments_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      error_issues: {
        Row: {
          event_count: number
          external_id: string
          first_seen_at: string
          id: number
          kind: string
          last_seen_at: string
          level: string
          project_id: string
          release: string
          service: string
          short_id: string
          status: string
          status_at: string
          title: string
          told_count: number
          url: string
          user_count: number
        }
        Insert: {
          event_count: number
          external_id: string
          first_seen_at: string
          id?: never
          kind: string
          last_seen_at: string
          level: string
          project_id: string
          release: string
          service: string
          short_id: string
          status: string
          status_at: string
          title: string
          told_count: number
          url: string
          user_count: number
        }
        Update: {
          event_count?: number
          external_id?: string
          first_seen_at?: string
          id?: never
          kind?: string
          last_seen_at?: string
          level?: string
          project_id?: string
          release?: string
          service?: string
          short_id?: string
          status?: string
          status_at?: string
          title?: string
          told_count?: number
          url?: string
          user_count?: number
        }
        Relationships: [
          {
            foreignKeyName: "error_issues_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      feedback: {
        Row: {
          answered_at: string
          comment: string
          environment: string
          id: string
          load_ms: number | null
          locale: string
          page: string
          perceived_speed: number | null
          project_id: string
          rating: number
          release: string
          source: string
        }
        Insert: {
          answered_at: string
          comment?: string
          environment?: string
          id: string
          load_ms?: number | null
          locale?: string
          page?: string
          perceived_speed?: number | null
          project_id: string
          rating: number
          release?: string
          source: string
        }
        Update: {
          answered_at?: string
          comment?: string
          environment?: string
          id?: string
          load_ms?: number | null
          locale?: string
          page?: string
          perceived_speed?: number | null
          project_id?: string
          rating?: number
          release?: string
          source?: string
        }
        Relationships: [
          {
            foreignKeyName: "feedback_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      heartbeat_pings: {
        Row: {
          body_excerpt: string | null
          duration_ms: number | null
          exit_code: number | null
          id: number
          kind: string
          monitor_id: string
          project_id: string
          received_at: string
          run_id: string | null
        }
        Insert: {
          body_excerpt?: string | null
          duration_ms?: number | null
          exit_code?: number | null
          id?: never
          kind: string
          monitor_id: string
          project_id: string
          received_at?: string
          run_id?: string | null
        }
        Update: {
          body_excerpt?: string | null
          duration_ms?: number | null
          exit_code?: number | null
          id?: never
          kind?: string
          monitor_id?: string
          project_id?: string
          received_at?: string
          run_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "heartbeat_pings_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "heartbeat_pings_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      histogram_samples: {
        Row: {
          at: string
          count: number
          counts: number[]
          keys: number[]
          max: number | null
          min: number | null
          series_id: number
          start_at: string | null
          sum: number | null
        }
        Insert: {
          at: string
          count: number
          counts: number[]
          keys: number[]
          max?: number | null
          min?: number | null
          series_id: number
          start_at?: string | null
          sum?: number | null
        }
        Update: {
          at?: string
          count?: number
          counts?: number[]
          keys?: number[]
          max?: number | null
          min?: number | null
          series_id?: number
          start_at?: string | null
          sum?: number | null
        }
        Relationships: []
      }
      incident_events: {
        Row: {
          actor: string
          at: string
          details: Json
          id: number
          incident_id: string
          kind: string
          message: string
          project_id: string
        }
        Insert: {
          actor?: string
          at?: string
          details?: Json
          id?: never
          incident_id: string
          kind: string
          message: string
          project_id: string
        }
        Update: {
          actor?: string
          at?: string
          details?: Json
          id?: never
          incident_id?: string
          kind?: string
          message?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "incident_events_incident_id_fkey"
            columns: ["incident_id"]
            isOneToOne: false
            referencedRelation: "incidents"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "incident_events_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      incidents: {
        Row: {
          acknowledged_at: string | null
          acknowledged_by: string | null
          detected_at: string
          episode: number
          flapping: boolean
          group_key: string | null
          grouping: string | null
          id: string
          number: number
          priority: string
          project_id: string
          reason: string
          resolved_at: string | null
          resolved_by: string | null
          rule_id: string | null
          started_at: string
          status: string
          title: string
        }
        Insert: {
          acknowledged_at?: string | null
          acknowledged_by?: string | null
          detected_at: string
          episode?: number
          flapping?: boolean
          group_key?: string | null
          grouping?: string | null
          id?: string
          number: number
          priority: string
          project_id: string
          reason: string
          resolved_at?: string | null
          resolved_by?: string | null
          rule_id?: string | null
          started_at: string
          status?: string
          title: string
        }
        Update: {
          acknowledged_at?: string | null
          acknowledged_by?: string | null
          detected_at?: string
          episode?: number
          flapping?: boolean
          group_key?: string | null
          grouping?: string | null
          id?: string
          number?: number
          priority?: string
          project_id?: string
          reason?: string
          resolved_at?: string | null
          resolved_by?: string | null
          rule_id?: string | null
          started_at?: string
          status?: string
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "incidents_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "incidents_rule_id_fkey"
            columns: ["rule_id"]
            isOneToOne: false
            referencedRelation: "alert_rules"
            referencedColumns: ["id"]
          },
        ]
      }
      ingest_batches: {
        Row: {
          accepted: number
          digest: string
          project_id: string
          received_at: string
          rejections: Json
        }
        Insert: {
          accepted?: number
          digest: string
          project_id: string
          received_at: string
          rejections?: Json
        }
        Update: {
          accepted?: number
          digest?: string
          project_id?: string
          received_at?: string
          rejections?: Json
        }
        Relationships: [
          {
            foreignKeyName: "ingest_batches_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      ingest_days: {
        Row: {
          code: string
          count: number
          day: string
          last_at: string
          message: string
          project_id: string
          source: string
        }
        Insert: {
          code: string
          count: number
          day: string
          last_at: string
          message?: string
          project_id: string
          source: string
        }
        Update: {
          code?: string
          count?: number
          day?: string
          last_at?: string
          message?: string
          project_id?: string
          source?: string
        }
        Relationships: [
          {
            foreignKeyName: "ingest_days_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      integration_secrets: {
        Row: {
          ciphertext: string
          integration_id: string
          project_id: string
          purpose: string
          updated_at: string
        }
        Insert: {
          ciphertext: string
          integration_id: string
          project_id: string
          purpose: string
          updated_at?: string
        }
        Update: {
          ciphertext?: string
          integration_id?: string
          project_id?: string
          purpose?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "integration_secrets_integration_id_fkey"
            columns: ["integration_id"]
            isOneToOne: false
            referencedRelation: "integrations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "integration_secrets_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      integrations: {
        Row: {
          collect_token: number | null
          collected_until: string | null
          config: Json
          created_at: string
          enabled: boolean
          has_secret: boolean
          has_token: boolean
          id: string
          key: string
          kind: string
          last_error: string | null
          last_error_at: string | null
          last_error_detail: string | null
          last_received_at: string | null
          name: string
          next_collect_at: string | null
          project_id: string
          refused_count: number
          updated_at: string
        }
        Insert: {
          collect_token?: number | null
          collected_until?: string | null
          config?: Json
          created_at?: string
          enabled?: boolean
          has_secret?: boolean
          has_token?: boolean
          id?: string
          key?: string
          kind: string
          last_error?: string | null
          last_error_at?: string | null
          last_error_detail?: string | null
          last_received_at?: string | null
          name: string
          next_collect_at?: string | null
          project_id: string
          refused_count?: number
          updated_at?: string
        }
        Update: {
          collect_token?: number | null
          collected_until?: string | null
          config?: Json
          created_at?: string
          enabled?: boolean
          has_secret?: boolean
          has_token?: boolean
          id?: string
          key?: string
          kind?: string
          last_error?: string | null
          last_error_at?: string | null
          last_error_detail?: string | null
          last_received_at?: string | null
          name?: string
          next_collect_at?: string | null
          project_id?: string
          refused_count?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "integrations_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      kpi_digest_channels: {
        Row: {
          channel_id: string
          created_at: string
          project_id: string
        }
        Insert: {
          channel_id: string
          created_at?: string
          project_id: string
        }
        Update: {
          channel_id?: string
          created_at?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "kpi_digest_channels_channel_id_fkey"
            columns: ["channel_id"]
            isOneToOne: true
            referencedRelation: "channels"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "kpi_digest_channels_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      kpi_digests: {
        Row: {
          created_at: string
          day: string
          project_id: string
        }
        Insert: {
          created_at: string
          day: string
          project_id: string
        }
        Update: {
          created_at?: string
          day?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "kpi_digests_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      kpi_secrets: {
        Row: {
          ciphertext: string
          kpi_id: string
          project_id: string
          updated_at: string
        }
        Insert: {
          ciphertext: string
          kpi_id: string
          project_id: string
          updated_at?: string
        }
        Update: {
          ciphertext?: string
          kpi_id?: string
          project_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "kpi_secrets_kpi_id_fkey"
            columns: ["kpi_id"]
            isOneToOne: true
            referencedRelation: "kpis"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "kpi_secrets_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      kpis: {
        Row: {
          can_write: boolean | null
          created_at: string
          has_connection: boolean
          id: string
          key: string
          kind: string
          last_error: string | null
          last_fault: string | null
          last_run_at: string | null
          last_value: number | null
          last_value_at: string | null
          lease_token: number | null
          leased_until: string | null
          lower_limit: number | null
          managed_by: string | null
          name: string
          next_run_at: string | null
          project_id: string
          query: string | null
          schedule: string | null
          time_zone: string | null
          unit: string
          updated_at: string
          upper_limit: number | null
        }
        Insert: {
          can_write?: boolean | null
          created_at?: string
          has_connection?: boolean
          id?: string
          key: string
          kind: string
          last_error?: string | null
          last_fault?: string | null
          last_run_at?: string | null
          last_value?: number | null
          last_value_at?: string | null
          lease_token?: number | null
          leased_until?: string | null
          lower_limit?: number | null
          managed_by?: string | null
          name: string
          next_run_at?: string | null
          project_id: string
          query?: string | null
          schedule?: string | null
          time_zone?: string | null
          unit?: string
          updated_at?: string
          upper_limit?: number | null
        }
        Update: {
          can_write?: boolean | null
          created_at?: string
          has_connection?: boolean
          id?: string
          key?: string
          kind?: string
          last_error?: string | null
          last_fault?: string | null
          last_run_at?: string | null
          last_value?: number | null
          last_value_at?: string | null
          lease_token?: number | null
          leased_until?: string | null
          lower_limit?: number | null
          managed_by?: string | null
          name?: string
          next_run_at?: string | null
          project_id?: string
          query?: string | null
          schedule?: string | null
          time_zone?: string | null
          unit?: string
          updated_at?: string
          upper_limit?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "kpis_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      log_dirty_minutes: {
        Row: {
          id: number
          minute_at: string
          project_id: string
        }
        Insert: {
          id?: never
          minute_at: string
          project_id: string
        }
        Update: {
          id?: never
          minute_at?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "log_dirty_minutes_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      log_drain_secrets: {
        Row: {
          ciphertext: string
          project_id: string
          updated_at: string
        }
        Insert: {
          ciphertext: string
          project_id: string
          updated_at?: string
        }
        Update: {
          ciphertext?: string
          project_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "log_drain_secrets_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: true
            referencedRelation: "log_drains"
            referencedColumns: ["project_id"]
          },
        ]
      }
      log_drains: {
        Row: {
          has_secret: boolean
          last_error: string | null
          last_error_at: string | null
          last_received_at: string | null
          project_id: string
          verify_token: string
        }
        Insert: {
          has_secret?: boolean
          last_error?: string | null
          last_error_at?: string | null
          last_received_at?: string | null
          project_id: string
          verify_token?: string
        }
        Update: {
          has_secret?: boolean
          last_error?: string | null
          last_error_at?: string | null
          last_received_at?: string | null
          project_id?: string
          verify_token?: string
        }
        Relationships: [
          {
            foreignKeyName: "log_drains_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: true
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      logs: {
        Row: {
          at: string
          attributes: Json
          duration_ms: number | null
          environment: string
          failed: boolean | null
          id: string
          measured: string | null
          message: string
          method: string | null
          project_id: string
          request_id: string | null
          retention: string
          route: string | null
          service: string
          severity: number
          source: string
          status_code: number | null
          trace_id: string | null
          user_id: string | null
        }
        Insert: {
          at: string
          attributes: Json
          duration_ms?: number | null
          environment: string
          failed?: boolean | null
          id: string
          measured?: string | null
          message: string
          method?: string | null
          project_id: string
          request_id?: string | null
          retention: string
          route?: string | null
          service: string
          severity: number
          source: string
          status_code?: number | null
          trace_id?: string | null
          user_id?: string | null
        }
        Update: {
          at?: string
          attributes?: Json
          duration_ms?: number | null
          environment?: string
          failed?: boolean | null
          id?: string
          measured?: string | null
          message?: string
          method?: string | null
          project_id?: string
          request_id?: string | null
          retention?: string
          route?: string | null
          service?: string
          severity?: number
          source?: string
          status_code?: number | null
          trace_id?: string | null
          user_id?: string | null
        }
        Relationships: []
      }
      maintenance_occurrences: {
        Row: {
          ends_at: string
          name: string
          project_id: string
          scope_kind: string
          scope_values: string[]
          starts_at: string
          window_id: string
        }
        Insert: {
          ends_at: string
          name: string
          project_id: string
          scope_kind: string
          scope_values: string[]
          starts_at: string
          window_id: string
        }
        Update: {
          ends_at?: string
          name?: string
          project_id?: string
          scope_kind?: string
          scope_values?: string[]
          starts_at?: string
          window_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "maintenance_occurrences_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "maintenance_occurrences_window_id_fkey"
            columns: ["window_id"]
            isOneToOne: false
            referencedRelation: "maintenance_windows"
            referencedColumns: ["id"]
          },
        ]
      }
      maintenance_windows: {
        Row: {
          announced: boolean
          author: string
          cancelled_at: string | null
          created_at: string
          description: string
          duration_ms: number
          id: string
          name: string
          planned_until: string
          project_id: string
          recurrence: string | null
          scope_kind: string
          scope_values: string[]
          start_date: string
          start_time_ms: number
          time_zone: string
          updated_at: string
        }
        Insert: {
          announced?: boolean
          author: string
          cancelled_at?: string | null
          created_at?: string
          description?: string
          duration_ms: number
          id?: string
          name: string
          planned_until: string
          project_id: string
          recurrence?: string | null
          scope_kind: string
          scope_values?: string[]
          start_date: string
          start_time_ms: number
          time_zone: string
          updated_at?: string
        }
        Update: {
          announced?: boolean
          author?: string
          cancelled_at?: string | null
          created_at?: string
          description?: string
          duration_ms?: number
          id?: string
          name?: string
          planned_until?: string
          project_id?: string
          recurrence?: string | null
          scope_kind?: string
          scope_values?: string[]
          start_date?: string
          start_time_ms?: number
          time_zone?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "maintenance_windows_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      memberships: {
        Row: {
          created_at: string
          email: string
          project_id: string
          role: string
          user_id: string
        }
        Insert: {
          created_at?: string
          email: string
          project_id: string
          role: string
          user_id: string
        }
        Update: {
          created_at?: string
          email?: string
          project_id?: string
          role?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "memberships_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      metric_total_marks: {
        Row: {
          hour_at: string
          id: number
          total_id: number
        }
        Insert: {
          hour_at: string
          id?: never
          total_id: number
        }
        Update: {
          hour_at?: string
          id?: never
          total_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "metric_total_marks_total_id_fkey"
            columns: ["total_id"]
            isOneToOne: false
            referencedRelation: "metric_totals"
            referencedColumns: ["id"]
          },
        ]
      }
      metric_totals: {
        Row: {
          environment: string
          id: number
          kind: string
          name: string
          project_id: string
        }
        Insert: {
          environment: string
          id?: number
          kind: string
          name: string
          project_id: string
        }
        Update: {
          environment?: string
          id?: number
          kind?: string
          name?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "metric_totals_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      monitor_channels: {
        Row: {
          channel_id: string
          monitor_id: string
          project_id: string
        }
        Insert: {
          channel_id: string
          monitor_id: string
          project_id: string
        }
        Update: {
          channel_id?: string
          monitor_id?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "monitor_channels_channel_id_fkey"
            columns: ["channel_id"]
            isOneToOne: false
            referencedRelation: "channels"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "monitor_channels_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "monitor_channels_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      monitor_secrets: {
        Row: {
          ciphertext: string
          monitor_id: string
          project_id: string
          updated_at: string
        }
        Insert: {
          ciphertext: string
          monitor_id: string
          project_id: string
          updated_at?: string
        }
        Update: {
          ciphertext?: string
          monitor_id?: string
          project_id?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "monitor_secrets_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: true
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "monitor_secrets_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      monitor_states: {
        Row: {
          certificate_expires_at: string | null
          down_starts_at: string[]
          flapping_since: string | null
          last_latency_ms: number | null
          last_ping_at: string | null
          last_ping_kind: string | null
          last_result: Json | null
          last_result_at: string | null
          last_slot_at: string | null
          last_start_at: string | null
          lease_token: number | null
          leased_until: string | null
          monitor_id: string
          next_due_at: string | null
          project_id: string
          since_at: string
          state: string
        }
        Insert: {
          certificate_expires_at?: string | null
          down_starts_at?: string[]
          flapping_since?: string | null
          last_latency_ms?: number | null
          last_ping_at?: string | null
          last_ping_kind?: string | null
          last_result?: Json | null
          last_result_at?: string | null
          last_slot_at?: string | null
          last_start_at?: string | null
          lease_token?: number | null
          leased_until?: string | null
          monitor_id: string
          next_due_at?: string | null
          project_id: string
          since_at?: string
          state?: string
        }
        Update: {
          certificate_expires_at?: string | null
          down_starts_at?: string[]
          flapping_since?: string | null
          last_latency_ms?: number | null
          last_ping_at?: string | null
          last_ping_kind?: string | null
          last_result?: Json | null
          last_result_at?: string | null
          last_slot_at?: string | null
          last_start_at?: string | null
          lease_token?: number | null
          leased_until?: string | null
          monitor_id?: string
          next_due_at?: string | null
          project_id?: string
          since_at?: string
          state?: string
        }
        Relationships: [
          {
            foreignKeyName: "monitor_states_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: true
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "monitor_states_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      monitors: {
        Row: {
          config: Json
          confirm_failures: number
          confirm_successes: number
          created_at: string
          depends_on: string[]
          group_name: string
          has_secret: boolean
          id: string
          interval_seconds: number
          key: string
          kind: string
          managed_by: string | null
          name: string
          paused_at: string | null
          project_id: string
          quorum: string
          regions: string[]
          runbook_url: string
          severity: string
          tags: string[]
          timeout_ms: number
          updated_at: string
        }
        Insert: {
          config: Json
          confirm_failures?: number
          confirm_successes?: number
          created_at?: string
          depends_on?: string[]
          group_name?: string
          has_secret?: boolean
          id?: string
          interval_seconds: number
          key: string
          kind: string
          managed_by?: string | null
          name: string
          paused_at?: string | null
          project_id: string
          quorum?: string
          regions?: string[]
          runbook_url?: string
          severity: string
          tags?: string[]
          timeout_ms: number
          updated_at?: string
        }
        Update: {
          config?: Json
          confirm_failures?: number
          confirm_successes?: number
          created_at?: string
          depends_on?: string[]
          group_name?: string
          has_secret?: boolean
          id?: string
          interval_seconds?: number
          key?: string
          kind?: string
          managed_by?: string | null
          name?: string
          paused_at?: string | null
          project_id?: string
          quorum?: string
          regions?: string[]
          runbook_url?: string
          severity?: string
          tags?: string[]
          timeout_ms?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "monitors_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      notifications: {
        Row: {
          alert_id: string | null
          attempt: number
          channel_id: string
          created_at: string
          dedupe_key: string
          delivered_at: string | null
          episode: number
          id: string
          incident_id: string | null
          kind: string
          last_error: string | null
          lease_token: number | null
          leased_until: string | null
          next_attempt_at: string | null
          payload: Json
          project_id: string
          reason: string
          sequence: number
          status: string
        }
        Insert: {
          alert_id?: string | null
          attempt?: number
          channel_id: string
          created_at: string
          dedupe_key: string
          delivered_at?: string | null
          episode?: number
          id?: string
          incident_id?: string | null
          kind: string
          last_error?: string | null
          lease_token?: number | null
          leased_until?: string | null
          next_attempt_at?: string | null
          payload: Json
          project_id: string
          reason: string
          sequence?: never
          status?: string
        }
        Update: {
          alert_id?: string | null
          attempt?: number
          channel_id?: string
          created_at?: string
          dedupe_key?: string
          delivered_at?: string | null
          episode?: number
          id?: string
          incident_id?: string | null
          kind?: string
          last_error?: string | null
          lease_token?: number | null
          leased_until?: string | null
          next_attempt_at?: string | null
          payload?: Json
          project_id?: string
          reason?: string
          sequence?: never
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "notifications_alert_id_fkey"
            columns: ["alert_id"]
            isOneToOne: false
            referencedRelation: "alerts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "notifications_channel_id_fkey"
            columns: ["channel_id"]
            isOneToOne: false
            referencedRelation: "channels"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "notifications_incident_id_fkey"
            columns: ["incident_id"]
            isOneToOne: false
            referencedRelation: "incidents"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "notifications_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      outbox_messages: {
        Row: {
          at: string
          blocks: Json | null
          body: string
          channel_kind: string
          html: string | null
          id: string
          project_id: string | null
          recipients: string[]
          subject: string
        }
        Insert: {
          at?: string
          blocks?: Json | null
          body: string
          channel_kind: string
          html?: string | null
          id: string
          project_id?: string | null
          recipients: string[]
          subject: string
        }
        Update: {
          at?: string
          blocks?: Json | null
          body?: string
          channel_kind?: string
          html?: string | null
          id?: string
          project_id?: string | null
          recipients?: string[]
          subject?: string
        }
        Relationships: [
          {
            foreignKeyName: "outbox_messages_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      probe_gaps: {
        Row: {
          from_at: string
          interval_seconds: number
          monitor_id: string
          project_id: string
          region: string
          until_at: string
        }
        Insert: {
          from_at: string
          interval_seconds: number
          monitor_id: string
          project_id: string
          region?: string
          until_at: string
        }
        Update: {
          from_at?: string
          interval_seconds?: number
          monitor_id?: string
          project_id?: string
          region?: string
          until_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "probe_gaps_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "probe_gaps_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      probe_results: {
        Row: {
          cause: string | null
          evidence: Json | null
          latency_ms: number | null
          message: string | null
          monitor_id: string
          phases: number[] | null
          probed_at: string
          project_id: string
          region: string
          slot_at: string
          status_code: number | null
          verdict: string
        }
        Insert: {
          cause?: string | null
          evidence?: Json | null
          latency_ms?: number | null
          message?: string | null
          monitor_id: string
          phases?: number[] | null
          probed_at: string
          project_id: string
          region?: string
          slot_at: string
          status_code?: number | null
          verdict: string
        }
        Update: {
          cause?: string | null
          evidence?: Json | null
          latency_ms?: number | null
          message?: string | null
          monitor_id?: string
          phases?: number[] | null
          probed_at?: string
          project_id?: string
          region?: string
          slot_at?: string
          status_code?: number | null
          verdict?: string
        }
        Relationships: []
      }
      probe_rollups: {
        Row: {
          bucket_at: string
          degraded: number
          down: number
          histogram_counts: number[] | null
          histogram_keys: number[] | null
          latency_count: number
          latency_max_ms: number | null
          latency_min_ms: number | null
          latency_p50_ms: number | null
          latency_p95_ms: number | null
          latency_sum_ms: number
          maintenance: number | null
          monitor_id: string
          packed_exceptions: Json | null
          packed_from_ms: number | null
          packed_latencies: number[] | null
          packed_offsets_ms: number[] | null
          packed_status: number | null
          packed_step_ms: number | null
          phase_sums_ms: number[]
          project_id: string
          region: string
          resolution: string
          unknown: number
          up: number
        }
        Insert: {
          bucket_at: string
          degraded: number
          down: number
          histogram_counts?: number[] | null
          histogram_keys?: number[] | null
          latency_count: number
          latency_max_ms?: number | null
          latency_min_ms?: number | null
          latency_p50_ms?: number | null
          latency_p95_ms?: number | null
          latency_sum_ms: number
          maintenance?: number | null
          monitor_id: string
          packed_exceptions?: Json | null
          packed_from_ms?: number | null
          packed_latencies?: number[] | null
          packed_offsets_ms?: number[] | null
          packed_status?: number | null
          packed_step_ms?: number | null
          phase_sums_ms?: number[]
          project_id: string
          region?: string
          resolution: string
          unknown: number
          up: number
        }
        Update: {
          bucket_at?: string
          degraded?: number
          down?: number
          histogram_counts?: number[] | null
          histogram_keys?: number[] | null
          latency_count?: number
          latency_max_ms?: number | null
          latency_min_ms?: number | null
          latency_p50_ms?: number | null
          latency_p95_ms?: number | null
          latency_sum_ms?: number
          maintenance?: number | null
          monitor_id?: string
          packed_exceptions?: Json | null
          packed_from_ms?: number | null
          packed_latencies?: number[] | null
          packed_offsets_ms?: number[] | null
          packed_status?: number | null
          packed_step_ms?: number | null
          phase_sums_ms?: number[]
          project_id?: string
          region?: string
          resolution?: string
          unknown?: number
          up?: number
        }
        Relationships: [
          {
            foreignKeyName: "probe_rollups_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "probe_rollups_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      projects: {
        Row: {
          created_at: string
          id: string
          last_incident_number: number
          locale: string
          monthly_token_budget: number | null
          mute_after_deploy_seconds: number
          name: string
          ping_key: string
          report_recipients: string[]
          reports_wanted_since: string | null
          slug: string
          soak_minutes: number
          time_zone: string
        }
        Insert: {
          created_at?: string
          id?: string
          last_incident_number?: number
          locale?: string
          monthly_token_budget?: number | null
          mute_after_deploy_seconds?: number
          name: string
          ping_key?: string
          report_recipients?: string[]
          reports_wanted_since?: string | null
          slug: string
          soak_minutes?: number
          time_zone?: string
        }
        Update: {
          created_at?: string
          id?: string
          last_incident_number?: number
          locale?: string
          monthly_token_budget?: number | null
          mute_after_deploy_seconds?: number
          name?: string
          ping_key?: string
          report_recipients?: string[]
          reports_wanted_since?: string | null
          slug?: string
          soak_minutes?: number
          time_zone?: string
        }
        Relationships: []
      }
      rate_buckets: {
        Row: {
          bucket: string
          full_at: string
        }
        Insert: {
          bucket: string
          full_at: string
        }
        Update: {
          bucket?: string
          full_at?: string
        }
        Relationships: []
      }
      region_results: {
        Row: {
          cause: string | null
          latency_ms: number | null
          message: string | null
          monitor_id: string
          project_id: string
          region: string
          slot_at: string
          verdict: string
        }
        Insert: {
          cause?: string | null
          latency_ms?: number | null
          message?: string | null
          monitor_id: string
          project_id: string
          region: string
          slot_at: string
          verdict: string
        }
        Update: {
          cause?: string | null
          latency_ms?: number | null
          message?: string | null
          monitor_id?: string
          project_id?: string
          region?: string
          slot_at?: string
          verdict?: string
        }
        Relationships: [
          {
            foreignKeyName: "region_results_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
        ]
      }
      region_rollups: {
        Row: {
          bucket_at: string
          degraded: number
          down: number
          histogram_counts: number[]
          histogram_keys: number[]
          latency_max_ms: number | null
          latency_min_ms: number | null
          monitor_id: string
          project_id: string
          region: string
          unknown: number
          up: number
        }
        Insert: {
          bucket_at: string
          degraded: number
          down: number
          histogram_counts: number[]
          histogram_keys: number[]
          latency_max_ms?: number | null
          latency_min_ms?: number | null
          monitor_id: string
          project_id: string
          region: string
          unknown: number
          up: number
        }
        Update: {
          bucket_at?: string
          degraded?: number
          down?: number
          histogram_counts?: number[]
          histogram_keys?: number[]
          latency_max_ms?: number | null
          latency_min_ms?: number | null
          monitor_id?: string
          project_id?: string
          region?: string
          unknown?: number
          up?: number
        }
        Relationships: [
          {
            foreignKeyName: "region_rollups_monitor_id_fkey"
            columns: ["monitor_id"]
            isOneToOne: false
            referencedRelation: "monitors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "region_rollups_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      reports: {
        Row: {
          attempt: number
          created_at: string
          data: Json | null
          id: string
          kind: string
          last_error: string | null
          lease_token: number | null
          leased_until: string | null
          next_attempt_at: string | null
          outcomes: Json
          period_end: string
          period_start: string
          project_id: string
          recipients: string[]
          sent_at: string | null
          status: string
        }
        Insert: {
          attempt?: number
          created_at: string
          data?: Json | null
          id?: string
          kind?: string
          last_error?: string | null
          lease_token?: number | null
          leased_until?: string | null
          next_attempt_at?: string | null
          outcomes?: Json
          period_end: string
          period_start: string
          project_id: string
          recipients?: string[]
          sent_at?: string | null
          status?: string
        }
        Update: {
          attempt?: number
          created_at?: string
          data?: Json | null
          id?: string
          kind?: string
          last_error?: string | null
          lease_token?: number | null
          leased_until?: string | null
          next_attempt_at?: string | null
          outcomes?: Json
          period_end?: string
          period_start?: string
          project_id?: string
          recipients?: string[]
          sent_at?: string | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "reports_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      rule_failures: {
        Row: {
          project_id: string
          reason: string
          rule_id: string
          since_at: string
        }
        Insert: {
          project_id: string
          reason: string
          rule_id: string
          since_at: string
        }
        Update: {
          project_id?: string
          reason?: string
          rule_id?: string
          since_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "rule_failures_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rule_failures_rule_id_fkey"
            columns: ["rule_id"]
            isOneToOne: true
            referencedRelation: "alert_rules"
            referencedColumns: ["id"]
          },
        ]
      }
      rule_runs: {
        Row: {
          evaluated_at: string | null
          lease_token: number | null
          leased_until: string | null
          next_due_at: string | null
          project_id: string
        }
        Insert: {
          evaluated_at?: string | null
          lease_token?: number | null
          leased_until?: string | null
          next_due_at?: string | null
          project_id: string
        }
        Update: {
          evaluated_at?: string | null
          lease_token?: number | null
          leased_until?: string | null
          next_due_at?: string | null
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "rule_runs_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: true
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      rule_states: {
        Row: {
          evaluated_at: string
          group_key: string
          group_values: string[]
          level: string | null
          memory: Json | null
          project_id: string
          reason: string
          rule_id: string
          since_at: string
          state: Json | null
          status: string
          value: number | null
        }
        Insert: {
          evaluated_at: string
          group_key: string
          group_values: string[]
          level?: string | null
          memory?: Json | null
          project_id: string
          reason: string
          rule_id: string
          since_at: string
          state?: Json | null
          status: string
          value?: number | null
        }
        Update: {
          evaluated_at?: string
          group_key?: string
          group_values?: string[]
          level?: string | null
          memory?: Json | null
          project_id?: string
          reason?: string
          rule_id?: string
          since_at?: string
          state?: Json | null
          status?: string
          value?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "rule_states_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "rule_states_rule_id_fkey"
            columns: ["rule_id"]
            isOneToOne: false
            referencedRelation: "alert_rules"
            referencedColumns: ["id"]
          },
        ]
      }
      samples: {
        Row: {
          at: string
          series_id: number
          start_at: string | null
          value: number
        }
        Insert: {
          at: string
          series_id: number
          start_at?: string | null
          value: number
        }
        Update: {
          at?: string
          series_id?: number
          start_at?: string | null
          value?: number
        }
        Relationships: []
      }
      series: {
        Row: {
          attributes: Json
          environment: string
          first_seen_at: string
          id: number
          identity: string
          kind: string
          last_seen_at: string
          name: string
          project_id: string
          temporality: string | null
          unit: string
        }
        Insert: {
          attributes: Json
          environment: string
          first_seen_at: string
          id?: never
          identity: string
          kind: string
          last_seen_at: string
          name: string
          project_id: string
          temporality?: string | null
          unit: string
        }
        Update: {
          attributes?: Json
          environment?: string
          first_seen_at?: string
          id?: never
          identity?: string
          kind?: string
          last_seen_at?: string
          name?: string
          project_id?: string
          temporality?: string | null
          unit?: string
        }
        Relationships: [
          {
            foreignKeyName: "series_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      series_days: {
        Row: {
          at: string
          count: number
          counts: number[]
          keys: number[]
          last: number | null
          max: number | null
          min: number | null
          quantile_keys: number[] | null
          series_id: number
          sum: number
        }
        Insert: {
          at: string
          count: number
          counts: number[]
          keys: number[]
          last?: number | null
          max?: number | null
          min?: number | null
          quantile_keys?: never
          series_id: number
          sum: number
        }
        Update: {
          at?: string
          count?: number
          counts?: number[]
          keys?: number[]
          last?: number | null
          max?: number | null
          min?: number | null
          quantile_keys?: never
          series_id?: number
          sum?: number
        }
        Relationships: []
      }
      series_dirty_days: {
        Row: {
          day_at: string
          id: number
          series_id: number
        }
        Insert: {
          day_at: string
          id?: never
          series_id: number
        }
        Update: {
          day_at?: string
          id?: never
          series_id?: number
        }
        Relationships: []
      }
      series_dirty_hours: {
        Row: {
          hour_at: string
          id: number
          series_id: number
        }
        Insert: {
          hour_at: string
          id?: never
          series_id: number
        }
        Update: {
          hour_at?: string
          id?: never
          series_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "series_dirty_hours_series_id_fkey"
            columns: ["series_id"]
            isOneToOne: false
            referencedRelation: "series"
            referencedColumns: ["id"]
          },
        ]
      }
      series_hours: {
        Row: {
          at: string
          count: number
          counts: number[]
          keys: number[]
          last: number | null
          max: number | null
          min: number | null
          quantile_keys: number[] | null
          series_id: number
          sum: number
        }
        Insert: {
          at: string
          count: number
          counts: number[]
          keys: number[]
          last?: number | null
          max?: number | null
          min?: number | null
          quantile_keys?: never
          series_id: number
          sum: number
        }
        Update: {
          at?: string
          count?: number
          counts?: number[]
          keys?: number[]
          last?: number | null
          max?: number | null
          min?: number | null
          quantile_keys?: never
          series_id?: number
          sum?: number
        }
        Relationships: []
      }
      series_minutes: {
        Row: {
          bucket_counts: number[] | null
          counts: number[]
          hour_at: string
          keys: number[] | null
          lasts: number[] | null
          lengths: number[] | null
          maxs: number[] | null
          mins: number[] | null
          minutes: number[]
          packed_buckets: string | null
          retention: string
          series_id: number
          sums: number[]
        }
        Insert: {
          bucket_counts?: number[] | null
          counts: number[]
          hour_at: string
          keys?: number[] | null
          lasts?: number[] | null
          lengths?: number[] | null
          maxs?: number[] | null
          mins?: number[] | null
          minutes: number[]
          packed_buckets?: never
          retention: string
          series_id: number
          sums: number[]
        }
        Update: {
          bucket_counts?: number[] | null
          counts?: number[]
          hour_at?: string
          keys?: number[] | null
          lasts?: number[] | null
          lengths?: number[] | null
          maxs?: number[] | null
          mins?: number[] | null
          minutes?: number[]
          packed_buckets?: never
          retention?: string
          series_id?: number
          sums?: number[]
        }
        Relationships: []
      }
      silences: {
        Row: {
          author: string
          comment: string
          created_at: string
          ends_at: string
          id: string
          matchers: string[]
          project_id: string
          starts_at: string
        }
        Insert: {
          author: string
          comment?: string
          created_at?: string
          ends_at: string
          id?: string
          matchers: string[]
          project_id: string
          starts_at: string
        }
        Update: {
          author?: string
          comment?: string
          created_at?: string
          ends_at?: string
          id?: string
          matchers?: string[]
          project_id?: string
          starts_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "silences_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      sites: {
        Row: {
          allowed_origins: string[]
          created_at: string
          project_id: string
          public_key: string
          rotated_at: string | null
        }
        Insert: {
          allowed_origins?: string[]
          created_at: string
          project_id: string
          public_key: string
          rotated_at?: string | null
        }
        Update: {
          allowed_origins?: string[]
          created_at?: string
          project_id?: string
          public_key?: string
          rotated_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "sites_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: true
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      slos: {
        Row: {
          created_at: string
          description: string
          id: string
          indicator: Json
          key: string
          managed_by: string | null
          method: string
          name: string
          project_id: string
          slice: Json | null
          target: number
          updated_at: string
          window: Json
        }
        Insert: {
          created_at?: string
          description?: string
          id?: string
          indicator: Json
          key: string
          managed_by?: string | null
          method: string
          name: string
          project_id: string
          slice?: Json | null
          target: number
          updated_at?: string
          window: Json
        }
        Update: {
          created_at?: string
          description?: string
          id?: string
          indicator?: Json
          key?: string
          managed_by?: string | null
          method?: string
          name?: string
          project_id?: string
          slice?: Json | null
          target?: number
          updated_at?: string
          window?: Json
        }
        Relationships: [
          {
            foreignKeyName: "slos_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      task_pulses: {
        Row: {
          finished_at: string | null
          last_error: string | null
          last_success_at: string | null
          run_id: string | null
          started_at: string
          summary: Json
          task: string
        }
        Insert: {
          finished_at?: string | null
          last_error?: string | null
          last_success_at?: string | null
          run_id?: string | null
          started_at: string
          summary?: Json
          task: string
        }
        Update: {
          finished_at?: string | null
          last_error?: string | null
          last_success_at?: string | null
          run_id?: string | null
          started_at?: string
          summary?: Json
          task?: string
        }
        Relationships: []
      }
      visitor_salts: {
        Row: {
          period: string
          project_id: string
          salt: string
          starts_on: string
        }
        Insert: {
          period: string
          project_id: string
          salt: string
          starts_on: string
        }
        Update: {
          period?: string
          project_id?: string
          salt?: string
          starts_on?: string
        }
        Relationships: [
          {
            foreignKeyName: "visitor_salts_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      vital_dirty_minutes: {
        Row: {
          minute_at: string
          project_id: string
        }
        Insert: {
          minute_at: string
          project_id: string
        }
        Update: {
          minute_at?: string
          project_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "vital_dirty_minutes_project_id_fkey"
            columns: ["project_id"]
            isOneToOne: false
            referencedRelation: "projects"
            referencedColumns: ["id"]
          },
        ]
      }
      vitals: {
        Row: {
          at: string
          country: string
          day_at: string
          device: string
          id: string
          metric: string
          page: string
          project_id: string
          release: string
          value: number
        }
        Insert: {
          at: string
          country: string
          day_at: string
          device: string
          id: string
          metric: string
          page: string
          project_id: string
          release: string
          value: number
        }
        Update: {
          at?: string
          country?: string
          day_at?: string
          device?: string
          id?: string
          metric?: string
          page?: string
          project_id?: string
          release?: string
          value?: number
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      acknowledge_from_link: {
        Args: {
          p_channel_id: string
          p_incident_id: string
        }
        Returns: Json
      }
      apply_configuration: {
        Args: {
          p_actor: string
          p_changes: Json
        }
        Returns: Json
      }
      apply_pack: {
        Args: {
          p_project_id: string
          p_removed_keys: string[]
          p_rules: Json
        }
        Returns: Json
      }
      bootstrap_project: {
        Args: {
          p_email: string
          p_project: Json
          p_user_id: string
        }
        Returns: Json
      }
      cancel_maintenance: {
        Args: {
          p_project_id: string
          p_window_id: string
        }
        Returns: boolean
      }
      change_incident: {
        Args: {
          p_incident_id: string
          p_message?: string
          p_op: string
        }
        Returns: Json
      }
      check_database_source: {
        Args: {
          p_project_id: string
          p_source_id: string
        }
        Returns: boolean
      }
      claim_database_sources: {
        Args: {
          p_limit: number
          p_source_id?: string
        }
        Returns: Json
      }
      claim_due_kpis: {
        Args: {
          p_kpi_id?: string
          p_limit: number
        }
        Returns: Json
      }
      claim_due_monitors: {
        Args: {
          p_limit: number
          p_monitor_id?: string
        }
        Returns: Json
      }
      claim_due_rules: {
        Args: {
          p_limit: number
        }
        Returns: Json
      }
      claim_error_collections: {
        Args: {
          p_limit: number
        }
        Returns: Json
      }
      claim_notifications: {
        Args: {
          p_limit: number
        }
        Returns: Json
      }
      claim_report: {
        Args: {
          p_period_end: string
          p_period_start: string
          p_project_id: string
        }
        Returns: Json
      }
      create_api_key: {
        Args: {
          p_hash: string
          p_name: string
          p_prefix: string
          p_project_id: string
          p_scopes: string[]
        }
        Returns: string
      }
      create_project: {
        Args: {
          p_project: Json
        }
        Returns: Json
      }
      create_silence: {
        Args: {
          p_project_id: string
          p_silence: Json
        }
        Returns: string
      }
      delete_channel: {
        Args: {
          p_channel_id: string
          p_project_id: string
        }
        Returns: boolean
      }
      delete_database_source: {
        Args: {
          p_project_id: string
          p_source_id: string
        }
        Returns: boolean
      }
      delete_integration: {
        Args: {
          p_integration_id: string
          p_project_id: string
        }
        Returns: boolean
      }
      delete_kpi: {
        Args: {
          p_kpi_id: string
          p_project_id: string
        }
        Returns: boolean
      }
      delete_log_drain: {
        Args: {
          p_project_id: string
        }
        Returns: boolean
      }
      delete_monitors: {
        Args: {
          p_monitor_ids: string[]
          p_project_id: string
        }
        Returns: number
      }
      delete_rules: {
        Args: {
          p_keys: string[]
          p_project_id: string
        }
        Returns: number
      }
      delete_slo: {
        Args: {
          p_project_id: string
          p_slo_id: string
        }
        Returns: boolean
      }
      edit_monitors: {
        Args: {
          p_changes: Json
          p_monitor_ids: string[]
          p_project_id: string
        }
        Returns: number
      }
      enable_channel: {
        Args: {
          p_channel_id: string
          p_enabled: boolean
          p_project_id: string
        }
        Returns: boolean
      }
      enable_rules: {
        Args: {
          p_enabled: boolean
          p_keys: string[]
          p_project_id: string
        }
        Returns: number
      }
      end_maintenance: {
        Args: {
          p_project_id: string
          p_window_id: string
        }
        Returns: boolean
      }
      expire_silence: {
        Args: {
          p_project_id: string
          p_silence_id: string
        }
        Returns: boolean
      }
      find_api_key: {
        Args: {
          p_hash: string
        }
        Returns: Json
      }
      find_heartbeat: {
        Args: {
          p_key: string
          p_monitor_id: string
          p_ping_key: string
        }
        Returns: string
      }
      find_integration: {
        Args: {
          p_key: string
          p_kind: string
        }
        Returns: Json
      }
      find_site: {
        Args: {
          p_public_key: string
        }
        Returns: Json
      }
      finish_delivery: {
        Args: {
          p_delivery: Json
        }
        Returns: boolean
      }
      finish_error_collection: {
        Args: {
          p_integration_id: string
          p_result: Json
          p_token: number
        }
        Returns: boolean
      }
      finish_kpi_run: {
        Args: {
          p_run: Json
        }
        Returns: boolean
      }
      finish_report: {
        Args: {
          p_report: Json
        }
        Returns: boolean
      }
      finish_task: {
        Args: {
          p_error?: string
          p_run_id: string
          p_summary: Json
          p_task: string
        }
        Returns: undefined
      }
      fold_vital_releases: {
        Args: never
        Returns: number
      }
      list_attribute_values: {
        Args: {
          p_attribute: string
          p_metric: string
          p_project_id: string
        }
        Returns: string[]
      }
      list_deployment_facets: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      list_kpi_digest_candidates: {
        Args: never
        Returns: Json
      }
      list_metric_ages: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      list_metrics: {
        Args: {
          p_prefix?: string
          p_project_id: string
        }
        Returns: Json
      }
      list_report_candidates: {
        Args: never
        Returns: Json
      }
      list_unplanned_maintenance: {
        Args: {
          p_before: string
        }
        Returns: {
          announced: boolean
          author: string
          cancelled_at: string | null
          created_at: string
          description: string
          duration_ms: number
          id: string
          name: string
          planned_until: string
          project_id: string
          recurrence: string | null
          scope_kind: string
          scope_values: string[]
          start_date: string
          start_time_ms: number
          time_zone: string
          updated_at: string
        }[]
      }
      load_decision_context: {
        Args: {
          p_monitor_ids: string[]
        }
        Returns: Json
      }
      load_incidents_about: {
        Args: {
          p_monitor_ids: string[]
        }
        Returns: Json
      }
      load_mutes: {
        Args: {
          p_project_ids: string[]
        }
        Returns: Json
      }
      load_rule_contexts: {
        Args: {
          p_monitor_keys: string[]
          p_rule_ids: string[]
        }
        Returns: Json
      }
      note_log_drain: {
        Args: {
          p_error?: string
          p_project_id: string
        }
        Returns: undefined
      }
      note_report_recipient: {
        Args: {
          p_report: Json
        }
        Returns: boolean
      }
      pack_probe_results: {
        Args: never
        Returns: Json
      }
      pause_monitors: {
        Args: {
          p_monitor_ids: string[]
          p_paused: boolean
          p_project_id: string
        }
        Returns: number
      }
      plan_maintenance: {
        Args: {
          p_occurrences: Json
          p_planned_until: string
          p_updated_at: string
          p_window_id: string
        }
        Returns: boolean
      }
      prune_feedback: {
        Args: never
        Returns: number
      }
      prune_ingest: {
        Args: never
        Returns: number
      }
      prune_probe_results: {
        Args: {
          p_packed_days?: number
        }
        Returns: Json
      }
      prune_rate_buckets: {
        Args: never
        Returns: number
      }
      prune_region_results: {
        Args: {
          p_days?: number
        }
        Returns: Json
      }
      prune_telemetry: {
        Args: never
        Returns: Json
      }
      prune_vitals: {
        Args: never
        Returns: Json
      }
      query_many_series: {
        Args: {
          p_project_id: string
          p_questions: Json
        }
        Returns: Json
      }
      query_series: {
        Args: {
          p_aggregate: string
          p_from: string
          p_group_by: string[]
          p_metric: string
          p_project_id: string
          p_step_seconds: number
          p_until: string
          p_where: Json
        }
        Returns: Json
      }
      query_vitals: {
        Args: {
          p_bounds: Json
          p_from: string
          p_project_id: string
          p_step_seconds: number
          p_until: string
          p_where: Json
        }
        Returns: Json
      }
      queue_kpi_digest: {
        Args: {
          p_digest: Json
        }
        Returns: number
      }
      read_alerts: {
        Args: {
          p_project_id: string
          p_query: Json
        }
        Returns: Json
      }
      read_configuration: {
        Args: {
          p_slug: string
        }
        Returns: Json
      }
      read_database_figures: {
        Args: never
        Returns: Json
      }
      read_deployment_figures: {
        Args: {
          p_from: string
          p_project_id: string
          p_until: string
        }
        Returns: Json
      }
      read_deployment_minutes: {
        Args: {
          p_project_id: string
          p_questions: Json
        }
        Returns: Json
      }
      read_deployment_outcomes: {
        Args: {
          p_requests: Json
        }
        Returns: Json
      }
      read_frame: {
        Args: {
          p_slug: string
          p_user_id: string
        }
        Returns: Json
      }
      read_health: {
        Args: never
        Returns: Json
      }
      read_kpi_figures: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      read_kpis: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      read_monitor: {
        Args: {
          p_key: string
          p_project_id: string
        }
        Returns: Json
      }
      read_monitor_facets: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      read_monitor_figures: {
        Args: {
          p_monitor_ids: string[]
        }
        Returns: Json
      }
      read_monitor_list: {
        Args: {
          p_after?: Json
          p_group?: string
          p_kind?: string
          p_limit?: number
          p_project_id: string
          p_search?: string
          p_state?: string
          p_tag?: string
        }
        Returns: Json
      }
      read_monitor_regions: {
        Args: {
          p_monitor_id: string
          p_range: string
        }
        Returns: Json
      }
      read_monitor_series: {
        Args: {
          p_monitor_id: string
          p_range: string
        }
        Returns: Json
      }
      read_overview: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      read_project_figures: {
        Args: {
          p_project_id: string
        }
        Returns: Json
      }
      read_report_figures: {
        Args: {
          p_from: string
          p_project_id: string
          p_time_zone: string
          p_until: string
        }
        Returns: Json
      }
      read_report_satisfaction: {
        Args: {
          p_from: string
          p_project_id: string
          p_until: string
        }
        Returns: Json
      }
      read_results: {
        Args: {
          p_from?: string
          p_limit?: number
          p_monitor_id: string
          p_newest_first?: boolean
          p_until?: string
        }
        Returns: Json
      }
      read_rule_figures: {
        Args: {
          p_requests: Json
        }
        Returns: Json
      }
      read_rule_minutes: {
        Args: {
          p_project_id: string
          p_questions: Json
        }
        Returns: Json
      }
      read_rules: {
        Args: {
          p_project_id: string
          p_query: Json
        }
        Returns: Json
      }
      read_satisfaction: {
        Args: {
          p_from: string
          p_page: string
          p_project_id: string
          p_time_zone: string
          p_until: string
        }
        Returns: Json
      }
      read_slo_figures: {
        Args: {
          p_project_id: string
          p_slos: Json
        }
        Returns: Json
      }
      receive_webhook: {
        Args: {
          p_integration_id: string
          p_per_minute: number
          p_webhook: Json
        }
        Returns: Json
      }
      record_database_reading: {
        Args: {
          p_reading: Json
          p_source_id: string
          p_token: number
        }
        Returns: boolean
      }
      record_heartbeat_ping: {
        Args: {
          p_body_excerpt?: string
          p_exit_code?: number
          p_kind: string
          p_monitor_id: string
          p_run_id?: string
        }
        Returns: boolean
      }
      record_probe_results: {
        Args: {
          p_settlements: Json
        }
        Returns: Json
      }
      record_rule_evaluations: {
        Args: {
          p_evaluations: Json
        }
        Returns: Json
      }
      refuse_webhook: {
        Args: {
          p_code: string
          p_detail: string
          p_integration_id: string
        }
        Returns: undefined
      }
      release_leases: {
        Args: never
        Returns: undefined
      }
      remove_member: {
        Args: {
          p_project_id: string
          p_user_id: string
        }
        Returns: boolean
      }
      renew_leases: {
        Args: {
          p_monitor_ids: string[]
          p_tokens: number[]
        }
        Returns: number
      }
      request_report: {
        Args: {
          p_period: string
          p_project_id: string
          p_to: string
        }
        Returns: Json
      }
      restore_rule: {
        Args: {
          p_key: string
          p_project_id: string
        }
        Returns: string
      }
      retry_notification: {
        Args: {
          p_notification_id: string
          p_project_id: string
        }
        Returns: boolean
      }
      revoke_api_key: {
        Args: {
          p_key_id: string
          p_project_id: string
        }
        Returns: boolean
      }
      rollup_days: {
        Args: {
          p_from: string
          p_until: string
        }
        Returns: number
      }
      rollup_metric_totals: {
        Args: {
          p_limit: number
        }
        Returns: number
      }
      rollup_probe_results: {
        Args: {
          p_from: string
          p_until: string
        }
        Returns: number
      }
      rollup_region_results: {
        Args: {
          p_from: string
          p_until: string
        }
        Returns: number
      }
      rollup_series: {
        Args: {
          p_limit: number
        }
        Returns: number
      }
      rollup_series_days: {
        Args: {
          p_limit: number
        }
        Returns: number
      }
      rollup_vitals: {
        Args: {
          p_limit: number
        }
        Returns: number
      }
      rotate_site_key: {
        Args: {
          p_project_id: string
        }
        Returns: boolean
      }
      save_channel: {
        Args: {
          p_channel: Json
          p_project_id: string
        }
        Returns: Json
      }
      save_database_source: {
        Args: {
          p_project_id: string
          p_source: Json
        }
        Returns: Json
      }
      save_integration: {
        Args: {
          p_integration: Json
          p_project_id: string
        }
        Returns: Json
      }
      save_kpi: {
        Args: {
          p_kpi: Json
          p_project_id: string
        }
        Returns: Json
      }
      save_kpi_digest: {
        Args: {
          p_channel_ids: string[]
          p_project_id: string
        }
        Returns: boolean
      }
      save_log_drain: {
        Args: {
          p_drain: Json
          p_project_id: string
        }
        Returns: boolean
      }
      save_maintenance: {
        Args: {
          p_project_id: string
          p_window: Json
        }
        Returns: string
      }
      save_member: {
        Args: {
          p_email: string
          p_project_id: string
          p_role: string
        }
        Returns: boolean
      }
      save_monitor: {
        Args: {
          p_monitor: Json
          p_project_id: string
        }
        Returns: Json
      }
      save_project: {
        Args: {
          p_project: Json
          p_project_id: string
        }
        Returns: boolean
      }
      save_rule: {
        Args: {
          p_project_id: string
          p_rule: Json
        }
        Returns: string
      }
      save_site: {
        Args: {
          p_allowed_origins: string[]
          p_project_id: string
        }
        Returns: boolean
      }
      save_slo: {
        Args: {
          p_project_id: string
          p_slo: Json
        }
        Returns: Json
      }
      seed_project: {
        Args: {
          p_project_id: string
          p_seed: Json
        }
        Returns: boolean
      }
      send_test: {
        Args: {
          p_channel_id: string
          p_payload: Json
          p_project_id: string
        }
        Returns: string
      }
      set_api_key: {
        Args: {
          p_hash: string
          p_name: string
          p_prefix: string
          p_project_id: string
          p_scopes: string[]
        }
        Returns: undefined
      }
      set_deploy_mute: {
        Args: {
          p_mute_seconds: number
          p_project_id: string
          p_soak_minutes: number
        }
        Returns: boolean
      }
      set_token_budget: {
        Args: {
          p_project_id: string
          p_tokens?: number
        }
        Returns: boolean
      }
      stamp_report: {
        Args: {
          p_report: Json
        }
        Returns: boolean
      }
      start_task: {
        Args: {
          p_run_id: string
          p_task: string
        }
        Returns: undefined
      }
      store_deployment: {
        Args: {
          p_message: Json
          p_project_id: string
        }
        Returns: Json
      }
      store_feedback: {
        Args: {
          p_answer: Json
          p_project_id: string
        }
        Returns: string
      }
      store_telemetry: {
        Args: {
          p_at?: number[]
          p_batch: Json
          p_project_id: string
          p_series?: number[]
          p_start_at?: number[]
          p_values?: number[]
        }
        Returns: Json
      }
      store_vitals: {
        Args: {
          p_project_id: string
          p_visit: Json
        }
        Returns: Json
      }
      take_tokens: {
        Args: {
          p_bucket: string
          p_capacity: number
          p_cost?: number
          p_window_seconds: number
        }
        Returns: Json
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  Name extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"]),
> = (DefaultSchema["Tables"] & DefaultSchema["Views"])[Name] extends { Row: infer R } ? R : never

export type TablesInsert<Name extends keyof DefaultSchema["Tables"]> =
  DefaultSchema["Tables"][Name] extends { Insert: infer I } ? I : never

export type TablesUpdate<Name extends keyof DefaultSchema["Tables"]> =
  DefaultSchema["Tables"][Name] extends { Update: infer U } ? U : never

export type Enums<Name extends keyof DefaultSchema["Enums"]> = DefaultSchema["Enums"][Name]

export const Constants = {
  public: {
    Enums: {},
  },
} as const
