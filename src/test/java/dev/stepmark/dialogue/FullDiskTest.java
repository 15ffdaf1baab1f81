package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real file system that is full, at every page of it: what is not recorded is not run. */
class FullDiskTest {

    private static final int PAGE = 4096;
    private static final int MOST_PAGES = 60;
    private static final String BLOCK = "\n\n   ```bash\n   %s\n   ```\n\n";
    private static final String RUNBOOK = "# Three effects\n\n1. One" + BLOCK.formatted("echo one >> $EFFECTS; seq 1500")
            + "2. Two" + BLOCK.formatted("echo two >> $EFFECTS") + "3. Three" + BLOCK.formatted(
                    "seq 900; echo three >> $EFFECTS");

    @TempDir
    Path root;
    private Workplace place;
    private Path effects;

    @BeforeEach
    void prepare() {
        effects = root.resolve("effects.txt");
        place = new Workplace(root).with("effects.md", RUNBOOK).env("EFFECTS", effects.toString());
        Finished possible = Finished.of(place, mounted("true"));
        Assumptions.assumeTrue(possible.exit() == 0, "needs a file system of its own (mount as root, or unshare -rm): "
                + possible.err());
    }

    /** A line in a mount namespace in which the logs have a small file system of their own. */
    private String mounted(String line) {
        Path state = Path.of(place.environment().get("XDG_STATE_HOME"));
        return "mkdir -p " + state + " && unshare -rm bash -c 'mount -t tmpfs -o size=" + MOST_PAGES * PAGE
                + " tmpfs " + state + " && cd " + place.work() + " && { " + line + "; }'";
    }

    private String atLevel(int free) {
        Path state = Path.of(place.environment().get("XDG_STATE_HOME"));
        String answers = "--yes --answer start=yes --answer resume=yes";
        return mounted("head -c 9999999 /dev/zero > " + state + "/filler 2>/dev/null; truncate -s -" + free * PAGE + " "
                + state + "/filler; stepmark run effects.md " + answers + " 2>first.err; echo first=$?;"
                + " cp $EFFECTS before.txt 2>/dev/null || : > before.txt; rm " + state + "/filler;"
                + " doubts=; for i in 1:one 2:two 3:three; do grep -qx ${i#*:} before.txt && a=done || a=run;"
                + " doubts=\"$doubts --answer step-${i%%:*}.doubt=$a --answer step-${i%%:*}.doubt.reason=looked\"; done;"
                + " stepmark run effects.md " + answers + " $doubts 2>second.err; echo second=$?;"
                + " stepmark verify $(basename $(ls -td " + state + "/stepmark/runs/*/ | head -n 1)) >verify.out 2>&1;"
                + " echo verify=$?");
    }

    @Test
    void atEveryLevelNothingIsLostAndNothingDoubled() throws IOException {
        Map<String, Integer> failed = new TreeMap<>();
        int level = 0;
        boolean calm = false;
        while (!calm) {
            assertThat(level).as("pages that a run needs").isLessThan(MOST_PAGES);
            Files.deleteIfExists(effects);
            Finished finished = Finished.of(place, atLevel(level));
            String err = Files.readString(place.work().resolve("first.err"));
            String all = "level " + level + "\n" + finished.out() + finished.err() + err
                    + Files.readString(place.work().resolve("second.err"));
            calm = finished.out().contains("first=0");
            if (!calm) {
                assertThat(finished.out()).as(all).contains("first=74").contains("second=0");
                assertThat(err).as(all).contains("error: the log cannot be written: no space left on")
                        .containsAnyOf("What is not recorded is not run", "The output is recorded in part only")
                        .doesNotContain("\tat ");
                String when = Files.readString(place.work().resolve("before.txt")).lines().count() + " effects"
                        + (err.contains("in doubt") ? ", in doubt" : "") + (err.contains("in part") ? ", output" : "");
                failed.merge(when, 1, Integer::sum);
            }
            // a run that was calm is finished, and the second of its runs begins anew
            assertThat(Files.readAllLines(calm ? place.work().resolve("before.txt") : effects)).as(all).containsExactly("one", "two", "three");
            assertThat(finished.out()).as(all + Files.readString(place.work().resolve("verify.out")))
                    .contains("verify=0");
            level++;
        }
        assertThat(failed.keySet()).as("where it failed: at the start, between, and after an effect")
                .contains("0 effects", "1 effects").anyMatch(w -> w.contains("output") || w.contains("in doubt"));
    }

    @Test
    void aLogThatVanishesStopsTheRun() throws IOException {
        place.with("vanish.md", "# Vanish\n\n1. Lose it" + BLOCK.formatted("rm -r $XDG_STATE_HOME/stepmark/runs")
                + "2. Two" + BLOCK.formatted("echo two >> $EFFECTS"));
        Finished finished = Finished.of(place, "stepmark run vanish.md --yes --allow destructive --answer start=yes");
        assertThat(finished.exit()).as(finished.err()).isEqualTo(74);
        assertThat(finished.err()).contains("is gone: somebody removed it", "1 ran: exit 0", "it is in doubt");
        assertThat(effects).doesNotExist();
    }

    @Test
    void aReadOnlyDiskIsSaidBeforeAnythingRuns() {
        Path state = Path.of(place.environment().get("XDG_STATE_HOME"));
        Finished finished = Finished.of(place, mounted("mount -o remount,ro " + state
                + "; stepmark run effects.md --yes --answer start=yes"));
        assertThat(finished.exit()).as(finished.err()).isEqualTo(74);
        assertThat(finished.err()).contains("is on a read-only file system", "no step was started");
        assertThat(effects).doesNotExist();
    }
}
