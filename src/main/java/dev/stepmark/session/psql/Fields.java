package dev.stepmark.session.psql;

import java.util.List;

/**
 * psql's variables after a text.
 *
 * @param error    ERROR: whether the last statement failed
 * @param sqlState SQLSTATE of the last statement
 * @param rowCount ROW_COUNT of the last statement
 * @param encoding ENCODING
 */
record Fields(boolean error, String sqlState, long rowCount, String encoding) {

    static Fields of(List<String> words) {
        String count = words.size() > 2 ? words.get(2) : "";
        return new Fields(!words.isEmpty() && words.get(0).equals("true"), words.size() > 1 ? words.get(1) : "",
                count.matches("\\d{1,18}") ? Long.parseLong(count) : 0, words.size() > 3 ? words.get(3) : "UTF8");
    }
}
