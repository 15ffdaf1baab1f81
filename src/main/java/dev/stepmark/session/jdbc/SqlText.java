package dev.stepmark.session.jdbc;

import dev.stepmark.session.Outcome;
import dev.stepmark.sql.SqlSplitter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SQL statement, and what its first words say about how to send it.
 *
 * @param text    as it is sent
 * @param plain   the same with comments and quoted strings blanked, upper case, for looking at words only
 * @param several whether it may be more than one statement, which the simple protocol runs as one transaction
 */
public record SqlText(String text, String plain, boolean several) {

    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "TABLE", "VALUES");
    private static final Set<String> ROWS_IN_TRANSACTION = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "FETCH",
            "EXECUTE");
    private static final Set<String> TRANSACTION_CONTROL = Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK",
            "ABORT", "SAVEPOINT", "RELEASE", "PREPARE TRANSACTION");
    private static final Pattern WORD = Pattern.compile("[\\s(]*([A-Z_]+)");
    private static final Pattern COPY_OUT = Pattern.compile("(?s)[\\s]*COPY\\b.*\\bTO\\s+STDOUT\\b.*");
    private static final Pattern COPY_IN = Pattern.compile("(?s)[\\s]*COPY\\b.*\\bFROM\\s+STDIN\\b.*");

    private static final Pattern PARAMETER = Pattern.compile("(?<![\\w$])\\$\\d");

    /** Reads a statement. */
    public static SqlText of(String text) {
        return new SqlText(text, PlainWords.of(text).toUpperCase(Locale.ROOT), false);
    }

    /** Statements that go to the server as one text. */
    static SqlText together(String text) {
        return new SqlText(text, PlainWords.of(text).toUpperCase(Locale.ROOT), true);
    }

    /** The first word, upper case; empty when there is none. */
    public String verb() {
        Matcher word = WORD.matcher(plain);
        return word.lookingAt() ? word.group(1) : "";
    }

    /** Whether it is a query by itself: reading its rows in parts needs a transaction around it. */
    boolean query() {
        return !several && QUERIES.contains(verb());
    }

    /** Whether it can return many rows. */
    boolean returnsRows() {
        return query() || ROWS_IN_TRANSACTION.contains(verb());
    }

    /** Whether a parameter such as {@code $1} stands in it, which nobody will give a value. */
    boolean hasParameter() {
        return PARAMETER.matcher(plain).find() && !verb().equals("PREPARE");
    }

    /** Whether it is COPY ... TO STDOUT. */
    public boolean copiesOut() {
        return COPY_OUT.matcher(plain).matches();
    }

    /** Whether it is COPY ... FROM STDIN. */
    public boolean copiesIn() {
        return COPY_IN.matcher(plain).matches();
    }

    /** Whether it begins or ends a transaction or a savepoint. */
    public boolean controlsTransaction() {
        return TRANSACTION_CONTROL.contains(verb()) || commits();
    }

    /** Whether success means that the transaction was kept. */
    public boolean commits() {
        String verb = verb();
        return verb.equals("COMMIT") || verb.equals("END")
                || verb.equals("PREPARE") && plain.strip().matches("(?s)PREPARE\\s+TRANSACTION\\b.*");
    }

    /** The command tag of a statement whose rows were fetched in parts: the driver does not hand the last one on. */
    String tag(long rows) {
        return switch (verb()) {
            case "INSERT" -> "INSERT 0 " + rows;
            case "UPDATE", "DELETE", "MERGE", "FETCH" -> verb() + " " + rows;
            default -> "SELECT " + rows;
        };
    }

    /** What SET, RESET and their kin change for the statements that follow. */
    public Optional<Outcome.Change> change() {
        if (several) {
            return SqlSplitter.split(text).stream().map(piece -> of(piece.text()).change()).flatMap(Optional::stream)
                    .reduce(Changes::then);
        }
        return Settings.changedBy(text, plain)
                .map(setting -> new Outcome.Change("", List.of(), "", List.of(setting)));
    }
}
