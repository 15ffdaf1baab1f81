package dev.stepmark.session.psql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program that calls itself psql says, or does not say. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalPsqlTest {

    @TempDir
    Path directory;

    private String program(String script) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        Path program = Files.writeString(directory.resolve("psql"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }

    @Test
    void oneThatGivesNoAnswerIsNotWaitedFor() throws Exception {
        assertThat(LocalPsql.ask(program("sleep 300"), Duration.ofMillis(200))).isEqualTo(
                new LocalPsql.Told(java.util.Optional.empty(), true));
    }

    @Test
    void whatItLeavesBehindIsNotWaitedFor() throws Exception {
        LocalPsql.Told told = LocalPsql.ask(program("sleep 300 & echo $! > " + directory.resolve("left")
                + "; echo 'on socket \"/run/here/.s.PGSQL.1\" failed'; exit 2"), Duration.ofSeconds(30));
        ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("left")).strip()))
                .ifPresent(ProcessHandle::destroy);
        assertThat(told.directory()).contains("/run/here");
        assertThat(told.silent()).isFalse();
    }
}
