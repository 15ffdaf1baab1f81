package dev.stepmark.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepmark.message.StepmarkException;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.Step;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where steps begin and end. */
class OutlineTest {

    private static final String FENCE = "```sh\nls\n```\n\n";

    @Test
    void aHeadingWithCodeIsAStep() {
        Runbook runbook = Plans.of("# Title\n\nIntro.\n\n## First\n\nDo it:\n\n" + FENCE + "Then:\n\n" + FENCE + "## Second\n\n" + FENCE);
        assertThat(runbook.title()).isEqualTo("Title");
        assertThat(runbook.steps()).extracting(Step::title, s -> s.blocks().size())
                .containsExactly(tuple("First", 2), tuple("Second", 1));
        assertThat(runbook.steps().get(0).parts().toString()).contains("Intro.", "Do it:", "Then:");
        assertThat(runbook.steps().get(0).sectionPath()).containsExactly("Title", "First");
    }

    @Test
    void aConditionBeginsAStepOfItsOwn() {
        Runbook runbook = Plans.of("# T\n\n## S\n\nDo it:\n\n" + FENCE + "If you use TLS, also:\n\n" + FENCE
                + "You should see:\n\n```\nx\n```\n\nGo on:\n\n" + FENCE);
        assertThat(runbook.steps()).extracting(Step::title).containsExactly("S", "If you use TLS, also", "Go on");
        assertThat(runbook.steps().get(1).condition().orElseThrow().text()).isEqualTo("If you use TLS");
        assertThat(runbook.steps().get(1).condition().orElseThrow().expression()).isEmpty();
        assertThat(runbook.steps().get(1).blocks()).hasSize(2);
        assertThat(runbook.steps().get(2).condition()).isEmpty();
    }

    @Test
    void itemsAreNumberedByPosition() {
        Runbook runbook = Plans.of("1. One\n1. Two\n\n## Next\n\n5. Three\n");
        assertThat(runbook.steps()).extracting(Step::id, Step::title, Step::kind).containsExactly(
                tuple("1", "One", Step.Kind.MANUAL), tuple("2", "Two", Step.Kind.MANUAL), tuple("3", "Three", Step.Kind.MANUAL));
    }

    @Test
    void aFenceAtColumnZeroBelongsToTheItemAbove() {
        Runbook runbook = Plans.of("# T\n\n1. One\n\n" + FENCE + "More words.\n\n2. Two\n\n" + FENCE + "A new thing:\n\n" + FENCE);
        assertThat(runbook.steps()).extracting(Step::title, s -> s.blocks().size())
                .containsExactly(tuple("One", 1), tuple("Two", 1), tuple("A new thing", 1));
        assertThat(runbook.steps().get(0).parts()).hasSize(2);
    }

    @Test
    void bulletsWithCodeAreStepsAndOthersAreWords() {
        Runbook runbook = Plans.of("# T\n\n- Only words\n- With code:\n\n  ```sh\n  ls\n  ```\n");
        assertThat(runbook.steps()).extracting(Step::title).containsExactly("With code");
        assertThat(runbook.steps().get(0).parts().toString()).contains("Only words");
    }

    @Test
    void aTableOfContentsIsNoProcedure() {
        assertThat(Plans.of("# T\n\n1. [One](#one)\n2. [Two](#two)\n").steps()).isEmpty();
        assertThat(Plans.of("# T\n\n1. [One](#one) first\n2. [Two](#two)\n").steps()).hasSize(2);
    }

    @Test
    void codeInQuotesAndNestedListsIsNotLost() {
        Runbook runbook = Plans.of("1. One\n\n   a. deep\n\n   - inner\n\n     ```sh\n     ls\n     ```\n\n   > quoted\n   >\n   > ```sh\n   > pwd\n   > ```\n");
        Step step = runbook.steps().get(0);
        assertThat(step.blocks()).extracting(b -> b.text()).containsExactly("ls\n", "pwd\n");
        assertThat(step.parts()).extracting(p -> p instanceof Part.Code).containsExactly(false, false, true, false, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Rollback                 | ROLLBACK
            Rolling back             | ROLLBACK
            How to roll back         | ROLLBACK
            Troubleshooting          | TROUBLESHOOTING
            Clean up                 | CLEANUP
            Prerequisites            | PREREQUISITES
            Before you begin         | PREREQUISITES
            Create the rollbacker    | MAIN
            """)
    void headingsNameSections(String heading, Step.Section section) {
        Runbook runbook = Plans.of("# T\n\n## " + heading + "\n\n### Deeper\n\n" + FENCE + "## Main\n\n" + FENCE);
        assertThat(runbook.steps()).extracting(Step::section).containsExactly(section, Step.Section.MAIN);
        assertThat(runbook.steps().get(0).blocks().get(0).runByDefault()).isEqualTo(section.inMainRun());
    }

    @Test
    void theTitleOfADocumentNamesNoSection() {
        assertThat(Plans.of("# Rollback of release 7\n\n" + FENCE).steps().get(0).section()).isEqualTo(Step.Section.MAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1. (Optional) Warm the cache          | true
            1. Optional: warm the cache           | true
            1. Optionally, warm the cache         | true
            1. Warm the optional cache            | false
            1. Optionals are checked              | false
            """)
    void knowsOptionalSteps(String item, boolean optional) {
        Step step = Plans.of(item + "\n\n   ```sh\n   ls\n   ```\n").steps().get(0);
        assertThat(step.optional()).isEqualTo(optional);
        assertThat(step.blocks().get(0).runByDefault()).isEqualTo(!optional);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Make a copy !                                   | Make a copy
            Run this:                                       | Run this
            Use e.g. Vim for it. It is small.               | Use e.g. Vim for it
            See [the page](http://a/b) first                | See the page first
            Set `a.b` to 1.5 in the file                    | Set `a.b` to 1.5 in the file
            """)
    void titlesAreTheFirstSentence(String paragraph, String title) {
        assertThat(Plans.of("1. " + paragraph + "\n").steps().get(0).title()).isEqualTo(title);
    }

    @Test
    void theHashIsThatOfTitleAndCode() {
        String one = hash("1. A. Words.\n\n   ```sh\n   ls\n   ```\n");
        assertThat(hash("# T\n\n9. A. Others.\n\n   ```sh\n   ls\n   ```\n")).isEqualTo(one);
        assertThat(hash("1. A. Words.\n\n   ```sh\n   ls -l\n   ```\n")).isNotEqualTo(one);
        assertThat(hash("1. B. Words.\n\n   ```sh\n   ls\n   ```\n")).isNotEqualTo(one);
        assertThat(one).matches("[0-9a-f]{64}");
    }

    @Test
    void boundsStepsBlocksAndTheirSize() {
        assertThat(Plans.of("1. a\n".repeat(Classifier.MAX_STEPS)).steps()).hasSize(Classifier.MAX_STEPS);
        assertRefused("1. a\n".repeat(Classifier.MAX_STEPS + 1), "a.md:1001: 1,001 steps, more than 1,000");
        assertRefused(FENCE.repeat(Classifier.MAX_BLOCKS + 1), "a.md:8001: 2,001 code blocks, more than 2,000");
        String large = "# T\n\n```text\n" + "x".repeat(Classifier.MAX_FENCE - 1) + "\n```\n";
        assertThat(Plans.of(large).steps()).hasSize(1);
        assertRefused(large.replace("x\n", "xx\n"), "a.md:3: a code block of 1,048,577 characters, more than 1,048,576");
    }

    private static void assertRefused(String text, String what) {
        StepmarkException e = Assertions.assertThrows(StepmarkException.class, () -> Plans.of(text));
        assertThat(e.message().what()).isEqualTo(what);
    }

    private static String hash(String text) {
        List<Step> steps = Plans.of(text).steps();
        return steps.get(0).contentHash();
    }
}
