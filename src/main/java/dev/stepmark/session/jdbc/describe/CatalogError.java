package dev.stepmark.session.jdbc.describe;

/** The server refused a query about its catalogs, or could not be asked. */
public final class CatalogError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;

    /**
     * An error.
     *
     * @param text     as psql prints it, ending with a line feed
     * @param sqlState may be empty
     */
    public CatalogError(String text, String sqlState) {
        super(text, null, false, false);
        this.sqlState = sqlState;
    }

    /** The SQLSTATE, or empty. */
    public String sqlState() {
        return sqlState;
    }
}
