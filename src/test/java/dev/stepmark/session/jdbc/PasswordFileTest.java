package dev.stepmark.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.session.ConnectionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** libpq's password file. */
class PasswordFileTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            db:5432:factory:anna:secret        ~ secret
            *:*:*:*:any                        ~ any
            db:*:factory:*:some                ~ some
            db:5432:factory:anna:a\\:b\\\\c    ~ a:b\\c
            db:5432:factory:anna:a:b           ~ a
            db:5433:factory:anna:secret        ~ -
            other:5432:factory:anna:secret     ~ -
            db:5432:other:anna:secret          ~ -
            db:5432:factory:bob:secret         ~ -
            \\*:5432:factory:anna:secret       ~ -
            db:5432:factory:anna               ~ -
            # db:5432:factory:anna:secret      ~ -
            """)
    void theFirstLineThatMatches(String line, String expected) throws IOException {
        Path file = write("nothing of use\n" + line + "\n", "rw-------");
        String found = new PasswordFile(file).find(spec("db"), new ArrayList<>()).map(String::new).orElse("-");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aNameMayHoldAColonOrAStar() throws IOException {
        Path file = write("fe80\\:\\:1:*:*:*:six\n\\*:*:*:*:star\n", "rw-------");
        assertThat(new PasswordFile(file).find(spec("fe80::1"), new ArrayList<>())).contains("six".toCharArray());
        assertThat(new PasswordFile(file).find(spec("*"), new ArrayList<>())).contains("star".toCharArray());
        assertThat(new PasswordFile(file).find(spec("db"), new ArrayList<>())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
    void whatOthersCanReadIsIgnored(String permissions) throws IOException {
        Path file = write("*:*:*:*:secret\n", permissions);
        List<String> warnings = new ArrayList<>();
        assertThat(new PasswordFile(file).find(spec("db"), warnings)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("group or world access").doesNotContain("secret");
    }

    @Test
    void noFileIsNoWarning() {
        List<String> warnings = new ArrayList<>();
        assertThat(new PasswordFile(directory.resolve("none")).find(spec("db"), warnings)).isEmpty();
        assertThat(warnings).isEmpty();
        assertThat(new PasswordFile(directory).find(spec("db"), warnings)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("not a plain file");
    }

    private Path write(String text, String permissions) throws IOException {
        Path file = directory.resolve("pgpass");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private static ConnectionSpec spec(String host) {
        return new ConnectionSpec(host, 5432, "anna", "factory", Map.of(), Map.of());
    }
}
