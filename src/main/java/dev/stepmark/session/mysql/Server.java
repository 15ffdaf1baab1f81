package dev.stepmark.session.mysql;

import dev.stepmark.session.OutputSink;
import dev.stepmark.session.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a connection says about itself.
 *
 * @param facts by the names of the query's columns
 */
record Server(Map<String, String> facts) {

    static final String QUESTION = "SELECT CONNECTION_ID() AS connection_id, CURRENT_USER() AS current_user_name,"
            + " DATABASE() AS database_name, VERSION() AS version, @@hostname AS server_host, @@port AS server_port,"
            + " @@autocommit AS autocommit, @@sql_mode AS sql_mode";
    /** Names that only one of the two servers has. */
    static final String IDENTIFIERS = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uid', 'server_uuid')";

    /** Reads the answer to a question of one row, or of rows of name and value. */
    static Map<String, String> read(String question, List<Result> results) {
        Map<String, String> facts = new TreeMap<>();
        for (Result result : results) {
            for (List<String> row : result.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    String value = Optional.ofNullable(row.get(i)).orElse("");
                    if (!question.equals(IDENTIFIERS)) {
                        facts.put(result.columns().get(i).name(), value);
                    } else if (i == 1) {
                        facts.put(row.get(0), value);
                    }
                }
            }
        }
        return facts;
    }

    /** An exchange whose results are kept, with its results. */
    static Asked asking(String question) {
        Results results = new Results(OutputSink.none(), false, "");
        return new Asked(new Exchange(new Answer(question, results)), results);
    }

    /** An exchange and what came. */
    record Asked(Exchange exchange, Results results) { }

    String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    boolean mariadb() {
        return fact("version").contains("MariaDB");
    }

    /** {@code MariaDB 10.11.19}. */
    String product() {
        return (mariadb() ? "MariaDB " : "MySQL ") + fact("version").split("-", 2)[0];
    }
}
