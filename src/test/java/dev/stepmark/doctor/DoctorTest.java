package dev.stepmark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.doctor.Finding.Status;
import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Probes at the same time, findings in their order, and nothing that hangs holds the others. */
class DoctorTest {

    @Test
    void whatHangsIsAProblemAndTheOthersAreThere() {
        CountDownLatch never = new CountDownLatch(1);
        List<Finding> findings = new Doctor(Duration.ofSeconds(1)).examine(List.of(
                new Probe("first", () -> {
                    never.await();
                    return List.of();
                }),
                new Probe("second", () -> List.of(Finding.ok("second", "there"), Finding.note("second", "more", "")))));
        assertThat(findings).extracting(Finding::name).containsExactly("first", "second", "second");
        assertThat(findings.get(0).status()).isEqualTo(Status.PROBLEM);
        assertThat(findings.get(0).text()).isEqualTo("no answer within 1 s");
        assertThat(never.getCount()).as("it still hangs").isOne();
    }

    @Test
    void probesRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Probe meets = new Probe("meets", () -> {
            both.countDown();
            both.await();
            return List.of(Finding.ok("meets", "met"));
        });
        assertThat(new Doctor(Duration.ofSeconds(60)).examine(List.of(meets, meets))).extracting(Finding::text)
                .containsExactly("met", "met");
    }

    @Test
    void aProbeThatFailsIsAFinding() {
        List<Finding> findings = new Doctor(Duration.ofSeconds(60)).examine(List.of(
                new Probe("known", () -> {
                    throw new StepmarkException(ExitCode.USAGE, Message.of("it is broken", "", "mend it"));
                }),
                new Probe("unknown", () -> {
                    throw new java.io.IOException("disk on fire");
                })));
        assertThat(findings).containsExactly(Finding.problem("known", "it is broken", "mend it"),
                Finding.problem("unknown", "it could not be looked at: disk on fire", ""));
    }

    @Test
    void oneLineEachAndASum() {
        DoctorReport report = new DoctorReport(List.of(Finding.ok("java", "17"), Finding.note("kubectl", "absent", ""),
                Finding.problem("pgpass", "mode\nrw-r--r--\u001b[2J", "chmod 600 ~/.pgpass")));
        assertThat(report.lines()).containsExactly("ok       java     17", "note     kubectl  absent",
                "problem  pgpass   mode?rw-r--r--?[2J; chmod 600 ~/.pgpass", "1 problem, 1 note, 1 ok");
    }
}
