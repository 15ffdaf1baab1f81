package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepmark.runbook.Block;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.ToleratedError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors that a document says are safe: where they are found, and where they hold. */
class ToleratedErrorsTest {

    private static final String DOCUMENT = """
            # Move the plant

            ## Restore

            ```bash
            pg_restore -d plant plant.dump
            ```

            ### Troubleshooting

            If you see these errors, you can safely ignore them. The data is there all the same.

            ```
            pg_restore: error: could not execute query: ERROR:  relation "<relation_name>" already exists
            ```

            ```
            pg_restore: error: could not execute query: ERROR:  trigger "guard" for relation "<relation_name>" already exists
            ```

            ## Statistics

            ```sql
            ANALYZE;
            ```

            ### Troubleshooting

            If you see errors of the following form when you run `ANALYZE`, you can safely
            ignore them:

            ```
            WARNING:  skipping "<TABLE OR INDEX>" --- only superuser can analyze it
            ```
            """;

    @Test
    void aSectionAboutTroubleHoldsForTheSectionThatItIsIn() {
        Runbook runbook = Plans.of(DOCUMENT);
        assertThat(runbook.tolerated()).extracting(ToleratedError::line, ToleratedError::fragment).containsExactly(
                tuple(14, false), tuple(18, false), tuple(33, false));
        Block restore = runbook.mainSteps().get(0).executables().get(0);
        Block analyze = runbook.mainSteps().get(1).executables().get(0);
        assertThat(runbook.tolerated(restore)).extracting(ToleratedError::line).containsExactly(14, 18);
        assertThat(runbook.tolerated(analyze)).extracting(ToleratedError::text)
                .containsExactly("WARNING:  skipping \"<TABLE OR INDEX>\" --- only superuser can analyze it");
    }

    @Test
    void theWordsMayStandBelowOrHoldItInline() {
        assertThat(found("You may see the following warning:\n\n```\nWARNING: collation mismatch in template\n```\n\n"
                + "This warning can be ignored.")).containsExactly("WARNING: collation mismatch in template");
        assertThat(found("The error `role \"reader\" already exists` is harmless.")).containsExactly(
                "role \"reader\" already exists");
        assertThat(found("Any `NOTICE: table <name> does not exist, skipping` messages can safely be ignored."))
                .containsExactly("NOTICE: table <name> does not exist, skipping");
    }

    @Test
    void whatMustNotBeIgnoredIsNot() {
        assertThat(found("These errors cannot be ignored:\n\n```\nERROR: relation orders already exists\n```")).isEmpty();
        assertThat(found("Do not ignore these errors:\n\n```\nERROR: relation orders already exists\n```")).isEmpty();
        assertThat(found("If you do not use replication, you can ignore this error:\n\n```\nERROR: slot standby1 is missing\n```"))
                .isEmpty();
        assertThat(found("If you see this error, run the step again:\n\n```\nERROR: relation orders already exists\n```")).isEmpty();
        assertThat(found("You can ignore the rest of the page.\n\n```bash\nrm -rf /tmp/restore-errors\n```")).isEmpty();
        assertThat(found("You can safely ignore errors:\n\n```\nERROR: <message>\n```")).isEmpty();
        assertThat(found("You can ignore `files`.")).isEmpty();
    }

    @Test
    void anotherParagraphEndsIt() {
        assertThat(found("You can safely ignore such errors.\n\nBut look out for this one:\n\n```\nERROR: could not extend file\n```"))
                .isEmpty();
    }

    @Test
    void theAuthorSaysItForOneBlock() {
        Runbook runbook = Plans.of("# A\n\n```bash {ignore=\"already exists || skipping <name>\"}\nmake a\n```\n\n"
                + "```bash\nmake b\n```\n");
        List<Block> blocks = runbook.steps().stream().flatMap(s -> s.executables().stream()).toList();
        assertThat(runbook.tolerated(blocks.get(0))).extracting(ToleratedError::text, ToleratedError::fragment, ToleratedError::line)
                .containsExactly(tuple("already exists", true, 3), tuple("skipping <name>", true, 3));
        assertThat(runbook.tolerated(blocks.get(1))).isEmpty();
    }

    private static List<String> found(String words) {
        return Plans.of("# A\n\n```bash\nmake restore\n```\n\n" + words + "\n").tolerated().stream()
                .map(ToleratedError::text).toList();
    }
}
