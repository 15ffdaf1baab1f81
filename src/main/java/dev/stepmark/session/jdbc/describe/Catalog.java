package dev.stepmark.session.jdbc.describe;

import java.util.List;

/** Asks a server for what its catalogs hold. */
public interface Catalog {

    /**
     * What a query returned.
     *
     * @param columns names
     * @param right   for each column whether psql aligns it to the right
     * @param rows    values as text, null for NULL
     */
    record Answer(List<String> columns, List<Boolean> right, List<List<String>> rows) { }

    /**
     * Runs a query that only reads.
     *
     * @param sql its text
     * @throws CatalogError when the server refuses it
     */
    Answer query(String sql);

    /** The server's {@code server_version_num}: 150004. */
    int version();

    /** The database that the connection is to. */
    String database();
}
