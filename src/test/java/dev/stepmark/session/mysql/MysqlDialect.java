package dev.stepmark.session.mysql;

import dev.stepmark.session.Dialect;
import java.util.Optional;

/** The contract's texts in MariaDB's SQL. */
final class MysqlDialect implements Dialect {

    @Override
    public String print(String word) {
        return "SELECT '" + word + "'";
    }

    @Override
    public String printMany(int letters) {
        return "SELECT repeat('x', 64) FROM seq_1_to_" + (letters / 64 + 1);
    }

    @Override
    public String sleep(int seconds) {
        return "SELECT sleep(" + seconds + ")";
    }

    @Override
    public String fail() {
        return "SELECT * FROM there_is_no_such_table";
    }

    @Override
    public String setState(String name, String value) {
        return "SET @" + name + " = '" + value + "'";
    }

    @Override
    public String readState(String name) {
        return "SELECT @" + name;
    }

    @Override
    public Optional<String> end() {
        return Optional.of("exit");
    }

    @Override
    public Optional<String> incomplete() {
        return Optional.of("SELECT 'open");
    }
}
