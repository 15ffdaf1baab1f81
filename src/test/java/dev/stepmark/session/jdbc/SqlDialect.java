package dev.stepmark.session.jdbc;

import dev.stepmark.session.Dialect;
import java.util.Optional;

/** The contract's texts in PostgreSQL's SQL. */
public final class SqlDialect implements Dialect {

    @Override
    public String print(String word) {
        return "SELECT '" + word + "'";
    }

    @Override
    public String printMany(int letters) {
        return "SELECT repeat('x', 64) FROM generate_series(1, " + (letters / 64 + 1) + ")";
    }

    @Override
    public String sleep(int seconds) {
        return "SELECT pg_sleep(" + seconds + ")";
    }

    @Override
    public String fail() {
        return "SELECT 1 / 0";
    }

    @Override
    public String setState(String name, String value) {
        return "SET contract." + name + " = '" + value + "'";
    }

    @Override
    public String readState(String name) {
        return "SHOW contract." + name;
    }

    @Override
    public Optional<String> end() {
        return Optional.of("\\q");
    }

    @Override
    public Optional<String> incomplete() {
        return Optional.of("SELECT 'open");
    }
}
