package dev.stepmark.sql;

import dev.stepmark.runbook.Risk;
import java.util.Set;

/** What is known of functions by name. Those of PostgreSQL that only compute or look are read-only. */
final class Functions {

    /** Keywords that stand before a parenthesis without calling anything. */
    private static final Set<String> KEYWORDS = words("and or not in any all some exists as on using where having "
            + "select distinct from join lateral by values over filter group case when then else between like ilike "
            + "to is union intersect except array row limit offset fetch materialized sets cube rollup grouping "
            + "window with recursive into set only bernoulli system ordinality partition order returning escape "
            + "operator collate at rows end within isnull notnull similar first next interval symmetric "
            + "asymmetric");
    /** Types with a length or precision, also usable as conversions. */
    private static final Set<String> TYPES = words("numeric decimal varchar char character varying bit time timetz "
            + "timestamp timestamptz float bpchar text int4 int8 float8 date name regclass oid");
    private static final Set<String> AGGREGATES = words("count sum avg min max array_agg string_agg json_agg "
            + "jsonb_agg json_object_agg jsonb_object_agg bool_and bool_or every bit_and bit_or bit_xor xmlagg "
            + "range_agg stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp mode "
            + "percentile_cont percentile_disc regr_slope regr_intercept any_value "
            + "rank dense_rank row_number percent_rank cume_dist ntile lag lead first_value last_value nth_value");
    private static final Set<String> CONDITIONAL = words("coalesce nullif greatest least cast num_nulls num_nonnulls "
            + "generate_series unnest generate_subscripts pg_typeof");
    private static final Set<String> TEXT = words("lower upper initcap length char_length character_length "
            + "octet_length bit_length substring substr overlay position strpos trim btrim ltrim rtrim lpad rpad left "
            + "right replace translate repeat reverse concat concat_ws format quote_ident quote_literal "
            + "quote_nullable split_part starts_with string_to_array string_to_table regexp_replace regexp_match "
            + "regexp_matches regexp_split_to_array regexp_split_to_table regexp_count regexp_instr regexp_like "
            + "regexp_substr ascii chr md5 sha224 sha256 sha384 sha512 encode decode convert convert_from convert_to "
            + "to_hex to_ascii to_char to_number to_date to_timestamp normalize unistr parse_ident");
    private static final Set<String> NUMERIC = words("abs ceil ceiling floor round trunc mod div power sqrt cbrt exp "
            + "ln log log10 sign random pi degrees radians sin cos tan asin acos atan atan2 width_bucket gcd lcm scale "
            + "min_scale trim_scale factorial gen_random_uuid");
    private static final Set<String> TIME = words("now clock_timestamp statement_timestamp transaction_timestamp "
            + "timeofday age date_part date_trunc date_bin extract make_date make_time make_timestamp "
            + "make_timestamptz make_interval justify_days justify_hours justify_interval isfinite current_time "
            + "current_timestamp localtime localtimestamp overlaps pg_sleep pg_sleep_for pg_sleep_until");
    private static final Set<String> COLLECTIONS = words("array_append array_cat array_dims array_fill array_length "
            + "array_lower array_ndims array_position array_positions array_prepend array_remove array_replace "
            + "array_to_string array_upper cardinality trim_array isempty lower_inc upper_inc lower_inf upper_inf "
            + "to_json to_jsonb row_to_json array_to_json json_build_array json_build_object jsonb_build_array "
            + "jsonb_build_object json_object jsonb_object json_array_elements json_array_elements_text "
            + "jsonb_array_elements jsonb_array_elements_text json_array_length jsonb_array_length json_each "
            + "json_each_text jsonb_each jsonb_each_text json_extract_path json_extract_path_text "
            + "jsonb_extract_path jsonb_extract_path_text json_object_keys jsonb_object_keys json_typeof "
            + "jsonb_typeof jsonb_set jsonb_insert jsonb_pretty json_strip_nulls jsonb_strip_nulls "
            + "jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first "
            + "json_to_record json_to_recordset jsonb_to_record jsonb_to_recordset json_populate_record "
            + "jsonb_populate_record hstore to_tsvector to_tsquery plainto_tsquery phraseto_tsquery ts_rank "
            + "host masklen netmask network family broadcast hostmask inet_same_family");
    private static final Set<String> CATALOG = words("version current_database current_schema current_schemas "
            + "current_setting current_user session_user user inet_client_addr inet_client_port inet_server_addr "
            + "inet_server_port pg_backend_pid pg_blocking_pids pg_safe_snapshot_blocking_pids pg_is_in_recovery "
            + "pg_postmaster_start_time pg_conf_load_time pg_control_system pg_control_checkpoint "
            + "pg_control_recovery pg_control_init "
            + "pg_size_pretty pg_size_bytes pg_column_size pg_database_size pg_relation_size pg_table_size "
            + "pg_indexes_size pg_total_relation_size pg_tablespace_size pg_relation_filenode pg_relation_filepath "
            + "pg_tablespace_location pg_get_constraintdef pg_get_indexdef pg_get_viewdef pg_get_functiondef "
            + "pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result pg_get_expr "
            + "pg_get_triggerdef pg_get_ruledef pg_get_userbyid pg_get_serial_sequence pg_get_keywords "
            + "pg_get_partkeydef pg_get_statisticsobjdef pg_get_partition_constraintdef pg_partition_tree "
            + "pg_partition_ancestors pg_partition_root pg_identify_object pg_describe_object obj_description "
            + "col_description shobj_description to_regclass to_regtype to_regproc to_regprocedure to_regnamespace "
            + "to_regrole format_type pg_index_column_has_property pg_index_has_property pg_table_is_visible "
            + "pg_function_is_visible pg_type_is_visible pg_encoding_to_char has_table_privilege "
            + "has_column_privilege has_any_column_privilege has_schema_privilege has_database_privilege "
            + "has_function_privilege has_sequence_privilege has_tablespace_privilege has_type_privilege "
            + "pg_has_role row_security_active pg_current_wal_lsn pg_current_wal_insert_lsn pg_current_wal_flush_lsn "
            + "pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_wal_lsn_diff "
            + "pg_walfile_name pg_is_wal_replay_paused pg_lock_status pg_stat_get_activity pg_stat_file "
            + "pg_xact_status txid_status txid_current_if_assigned txid_current_snapshot pg_current_snapshot "
            + "pg_xact_commit_timestamp pg_current_xact_id_if_assigned lastval currval pg_sequence_last_value "
            + "pg_collation_for pg_client_encoding pg_show_all_settings pg_available_extensions pg_options_to_table");
    /** Functions known to act. */
    private static final Set<String> ACTING = words("pg_terminate_backend pg_cancel_backend setval nextval "
            + "pg_reload_conf pg_rotate_logfile pg_switch_wal pg_promote pg_create_restore_point pg_wal_replay_pause "
            + "pg_wal_replay_resume pg_start_backup pg_stop_backup pg_backup_start pg_backup_stop pg_advisory_lock "
            + "pg_try_advisory_lock pg_advisory_unlock pg_advisory_unlock_all pg_advisory_xact_lock set_config "
            + "pg_try_advisory_xact_lock pg_notify pg_stat_reset pg_stat_reset_shared pg_stat_statements_reset "
            + "lo_create lo_creat lo_import lo_export lo_put lo_from_bytea lo_open lowrite lo_truncate txid_current "
            + "pg_current_xact_id pg_create_physical_replication_slot pg_create_logical_replication_slot");
    private static final Set<String> DESTROYING = words("lo_unlink pg_drop_replication_slot pg_file_unlink");

    private Functions() { }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }

    /**
     * @param name   in lower case unless quoted
     * @param plain  whether it was written without quotes; only then can it be a keyword or type
     * @return what calling it can do at most; UNKNOWN for a function that is not known here
     */
    static Risk risk(String name, boolean plain) {
        if (plain && (KEYWORDS.contains(name) || TYPES.contains(name))) {
            return Risk.READ_ONLY;
        }
        boolean looks = AGGREGATES.contains(name) || CONDITIONAL.contains(name) || TEXT.contains(name)
                || NUMERIC.contains(name) || TIME.contains(name) || COLLECTIONS.contains(name)
                || CATALOG.contains(name);
        if (looks) {
            return Risk.READ_ONLY;
        }
        if (DESTROYING.contains(name)) {
            return Risk.DESTRUCTIVE;
        }
        return ACTING.contains(name) ? Risk.WRITE : Risk.UNKNOWN;
    }
}
