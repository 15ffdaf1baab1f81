package dev.stepmark.session.bash;

import dev.stepmark.session.Dialect;
import java.util.Optional;

/** The contract's texts in bash. */
final class BashDialect implements Dialect {

    @Override
    public String print(String word) {
        return "echo " + word;
    }

    @Override
    public String printMany(int letters) {
        return "head -c " + letters + " /dev/zero | tr '\\0' x";
    }

    @Override
    public String sleep(int seconds) {
        return "sleep " + seconds;
    }

    @Override
    public String fail() {
        return "false";
    }

    @Override
    public String setState(String name, String value) {
        return name + "=" + value;
    }

    @Override
    public String readState(String name) {
        return "echo \"$" + name + "\"";
    }

    @Override
    public Optional<String> end() {
        return Optional.of("exit 3");
    }

    @Override
    public Optional<String> incomplete() {
        return Optional.of("echo \"never closed");
    }
}
