package dev.stepmark.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways that exclude each other, a block that was taken for something else, and another runbook, in a real terminal. */
class WaysWalkTest {

    private static final String MAIN = String.join("\n", "# Restart", "", "1. First follow [the backup guide](backup.md).", "2. On Debian:", "",
            "   ```bash", "   echo deb > done.txt", "   ```", "3. On RHEL:", "", "   ```bash", "   echo rpm > done.txt", "   ```", "4. Then:", "",
            "   ```", "   frobnicate it", "   ```", "");

    @TempDir
    Path root;

    @Test
    void isAskedOnceOverruledAndWrittenBack() throws IOException {
        Workplace place = new Workplace(root).with("main.md", MAIN).with("backup.md", "# Back up\n\n```bash\necho kept > kept.txt\n```\n");
        try (Tmux terminal = place.terminal(100, 40)) {
            String ways = terminal.type("stepmark run main.md", "Which applies\\? \\[1, 2, a all, q, \\?\\]|Which applies\\? \\[1 .*\\]");
            assertThat(ways).contains("The document has 2 ways here, and one of them applies:", "1  Debian", "2  RHEL");
            terminal.type("2", "Start on .*\\[y,n,w,q,\\?\\]");
            String offered = terminal.type("y", "Done\\? \\[r run it here, m mark done, s skip, w, q, \\?\\]");
            assertThat(offered).contains("It is a runbook: backup.md, \"Back up\", 1 step.");
            terminal.type("r", "Start on .*\\[y,n,w,q,\\?\\]");
            terminal.type("y", "Run 1 .*\\[r,s,e,w,q,\\?\\]");
            String back = terminal.type("r", "Run 3 .*\\[r,s,e,w,q,\\?\\]");
            assertThat(back).contains("--- back in main.md, step 1 ---", "for Debian; this run is for RHEL");
            String unclear = terminal.type("r", "Done\\? \\[m mark done, s skip, w, q, \\?\\]");
            assertThat(unclear).contains("To run it: /as shell");
            String difference = terminal.type("/as output", "This run goes on either way \\[y,N,q,\\?\\]");
            assertThat(difference).contains("+    <!-- stepmark: as=output -->");
            String words = terminal.type("y", "Done\\? \\[m mark done, s skip, w, q, \\?\\]");
            assertThat(words).as("the item's own words are left for a person").contains("[4/4] Then", "written to main.md");
            terminal.type("m", "What did you see\\? \\(optional\\):");
            terminal.type("", Tmux.SHELL);
        }
        assertThat(place.work().resolve("kept.txt")).hasContent("kept");
        assertThat(place.work().resolve("done.txt")).hasContent("rpm");
        assertThat(Files.readString(place.work().resolve("main.md"))).isEqualTo(MAIN.replace("   ```\n   frob",
                "   <!-- stepmark: as=output -->\n   ```\n   frob"));
    }
}
