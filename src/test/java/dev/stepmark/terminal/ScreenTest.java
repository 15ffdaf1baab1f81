package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.message.Message;
import dev.stepmark.run.Brief;
import dev.stepmark.run.Ending;
import dev.stepmark.run.Operator.Severity;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.StepCard;
import dev.stepmark.run.StepCard.Fact;
import dev.stepmark.runbook.Part;
import dev.stepmark.runbook.Prose;
import dev.stepmark.runbook.Span;
import dev.stepmark.session.OutputSink.Stream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final Span SPAN = new Span(1, 1);

    private static StepCard card(String title, String right, String risk, List<Part> body, List<String> before,
            List<String> toRun, Fact... facts) {
        return new StepCard("9/12", title, right, risk, body, before, toRun, "sql", List.of(facts));
    }

    private static Part words(String text) {
        return new Part.Words(new Prose.Paragraph(SPAN, text));
    }

    private static String shown(int width, StepCard card) {
        Captured captured = new Captured(width);
        captured.screen.step(card);
        return captured.text();
    }

    @Test
    void theOpening() {
        Captured captured = new Captured(80);
        captured.screen.brief(new Brief("Change the key of work_orders", "work-orders.md, 12 steps", List.of(
                new Brief.Fact("Version", List.of("plantwatch 0.9.4, from Helm release plantwatch in plant",
                        "the runbook is for versions up to 0.9.5, that one included"), "passes"),
                new Brief.Fact("Target", List.of("pod timescale-0, namespace plant, context prod-eu"), ""))));

        assertThat(captured.text()).isEqualTo("""
                Change the key of work_orders                           work-orders.md, 12 steps
                  Version   plantwatch 0.9.4, from Helm release plantwatch in plant       passes
                            the runbook is for versions up to 0.9.5, that one included
                  Target    pod timescale-0, namespace plant, context prod-eu
                """);
    }

    @Test
    void theOpeningInFortyColumns() {
        Captured captured = new Captured(40);
        captured.screen.brief(new Brief("Change the key of work_orders", "work-orders.md, 12 steps", List.of(
                new Brief.Fact("Version", List.of("plantwatch 0.9.4, from Helm release plantwatch in plant"),
                        "passes"))));

        assertThat(captured.text()).isEqualTo("""
                Change the...   work-orders.md, 12 steps
                  Version   plantwatch 0.9.4,     passes
                            from Helm release plantwatch
                            in plant
                """);
    }

    @Test
    void aStep() {
        assertThat(shown(80, card("Add the new key", "schema-change, SQL", "schema-change", List.of(), List.of(),
                List.of("ALTER TABLE work_orders ADD CONSTRAINT work_orders_line_id_name_key",
                        "  UNIQUE (line_id, name);"),
                new Fact("Lock", "ACCESS EXCLUSIVE while an index is built (2.7 MiB); nobody blocks"),
                new Fact("", "It runs in a transaction.")))).isEqualTo("""

                [9/12] Add the new key                                        schema-change, SQL
                  > ALTER TABLE work_orders ADD CONSTRAINT work_orders_line_id_name_key
                  >   UNIQUE (line_id, name);
                  . Lock       ACCESS EXCLUSIVE while an index is built (2.7 MiB); nobody blocks
                  . It runs in a transaction.
                """);
    }

    @Test
    void aStepInFortyColumns() {
        assertThat(shown(40, card("Add the new key to the table", "schema-change, SQL", "schema-change",
                List.of(words("Words of the document that wrap at words.")), List.of("A remark that wraps as well."),
                List.of("ALTER TABLE work_orders ADD CONSTRAINT a;", ""),
                new Fact("Lock", "ACCESS EXCLUSIVE while built")))).isEqualTo("""

                [9/12] Add the ne...  schema-change, SQL
                  Words of the document that wrap at
                  words.
                  . A remark that wraps as well.
                  > ALTER TABLE work_orders ADD CONSTRAI
                  >+NT a;
                  >
                  . Lock       ACCESS EXCLUSIVE while
                  .            built
                """);
    }

    @Test
    void aFurtherBlockHasNoTitle() {
        assertThat(shown(80, new StepCard("", "", "write, shell", "write", List.of(), List.of(), List.of("ls"),
                "shell", List.of()))).isEqualTo("\n" + " ".repeat(68) + "write, shell\n  > ls\n");
    }

    @Test
    void proseCannotLookLikeOurLines() {
        assertThat(shown(80, card("T", "by hand", "", List.of(words("> rm -rf /"), words("| (9 rows)"), words(". ok"),
                words("! x"), words(">+y"), words("-> z"), words("...and so on"), words("!ls"),
                new Part.Words(new Prose.Verbatim(SPAN, "| a | b |\n  .  \nplain"))), List.of(), List.of())))
                .endsWith("""
                    > rm -rf /
                    | (9 rows)
                    . ok
                    ! x
                    >+y
                    -> z
                  ...and so on
                  !ls
                    | a | b |
                    .
                  plain
                """);
    }

    @Test
    void noWrappedLineOfProseLooksLikeOurs() {
        assertThat(shown(40, card("T", "by hand", "", List.of(words("It is fine to type this in here, so > rm -rf /")),
                List.of(), List.of()))).endsWith("""
                  It is fine to type this in here, so
                    > rm -rf /
                """);
    }

    @Test
    void proseOfEveryKind() {
        Prose item = new Prose.Item(SPAN, "1.", List.of(new Prose.Paragraph(SPAN, "Open the console and wait"),
                new Prose.Item(SPAN, "-", List.of(new Prose.Paragraph(SPAN, "inner")))));
        Prose quote = new Prose.Quote(SPAN, "note", List.of(new Prose.Paragraph(SPAN, "Mind the gap.")));
        assertThat(shown(40, card("T", "by hand", "", List.of(new Part.Words(item), new Part.Words(quote),
                new Part.Words(new Prose.Image(SPAN, "Pods view", "img/pods.png")),
                new Part.Words(new Prose.Heading(SPAN, 3, "Then")), words("hard\nbreak")), List.of(), List.of())))
                .endsWith("""
                  1. Open the console and wait
                     - inner
                  note: Mind the gap.
                  image: "Pods view" img/pods.png
                  Then
                  hard
                  break
                """);
    }

    @Test
    void textUpToFortyLinesIsWhole() {
        List<String> forty = IntStream.rangeClosed(1, 40).mapToObj(i -> "SELECT " + i + ";").toList();
        assertThat(shown(80, card("T", "", "", List.of(), List.of(), forty)).lines()
                .filter(line -> line.startsWith("  > "))).hasSize(40);
    }

    @Test
    void longerTextShowsItsBeginningAndItsEnd() {
        List<String> many = IntStream.rangeClosed(1, 41).mapToObj(i -> "SELECT " + i + ";").toList();
        List<String> lines = shown(80, card("T", "", "", List.of(), List.of(), many)).lines().skip(2).toList();

        assertThat(lines).hasSize(36).startsWith("  > SELECT 1;").endsWith("  > SELECT 41;");
        assertThat(lines.subList(29, 32)).containsExactly("  > SELECT 30;", "  . 6 more lines; o shows them",
                "  > SELECT 37;");
    }

    @Test
    void textToRunShowsWhatIsHiddenInIt() {
        assertThat(shown(80, card("T", "", "", List.of(), List.of(), List.of("a\u202e\u001b[2Jb\u00a0c"))))
                .endsWith("  > a<U+202E>^[[2Jb<U+00A0>c\n");
    }

    @Test
    void aClosingLineWrapsUnderItself() {
        Captured captured = new Captured(80);
        captured.screen.result(ResultCard.of("ok", "2", "exit 0, 1.9 s; /backup/work_orders.sql, 1.7 MiB, dump "
                + "complete, 48,213 rows: counts as the backup of work_orders"));

        assertThat(captured.text()).isEqualTo("""
                ok 2  exit 0, 1.9 s; /backup/work_orders.sql, 1.7 MiB, dump complete, 48,213
                      rows: counts as the backup of work_orders
                """);
    }

    @Test
    void aFailure() {
        Captured captured = new Captured(80);
        captured.screen.result(new ResultCard("FAILED", "9", "SQLSTATE 23505 after 0.11 s; rolled back", List.of(),
                "ERROR:  could not create unique index\nDETAIL:  Key (line_id, name)=(3, WO-31) is duplicated.\n",
                List.of(new Fact("It means", "two rows still have the same (line_id, name)"),
                        new Fact("To do", "look again with step 5:  /goto 5"))));

        assertThat(captured.text()).isEqualTo("""
                  ! ERROR:  could not create unique index
                  ! DETAIL:  Key (line_id, name)=(3, WO-31) is duplicated.
                FAILED 9  SQLSTATE 23505 after 0.11 s; rolled back
                  It means   two rows still have the same (line_id, name)
                  To do      look again with step 5:  /goto 5
                """);
    }

    @Test
    void theEnd() {
        Captured captured = new Captured(80);
        captured.screen.ending(new Ending("Finished", "Change the key of work_orders",
                "02:11:20 - 02:34:09, 00:22:49", List.of(new Fact("12 steps", "9 done, 2 by hand, 1 skipped"),
                new Fact("Deviations", ""), new Fact("", "9   skipped by anna"),
                new Fact("Log", "~/.local/state/stepmark/runs/20261120-0211-k7qd"), new Fact("", "kept there"))));

        assertThat(captured.text()).isEqualTo("""

                Finished  Change the key of work_orders            02:11:20 - 02:34:09, 00:22:49
                  12 steps  9 done, 2 by hand, 1 skipped
                  Deviations
                    9   skipped by anna
                  Log       ~/.local/state/stepmark/runs/20261120-0211-k7qd
                            kept there
                """);
    }

    @Test
    void aMessage() {
        Captured captured = new Captured(80);
        captured.screen.problem(Severity.ERROR, new Message("work-orders.md:31: \"captuer\" is no attribute of a block",
                List.of("   31 | ```sql {captuer=conflicts}", "      |         ^^^^^^^"),
                List.of("The nearest is capture."), List.of("capture=conflicts", "or leave it out")));

        assertThat(captured.text()).isEqualTo("""
                error: work-orders.md:31: "captuer" is no attribute of a block
                   31 | ```sql {captuer=conflicts}
                      |         ^^^^^^^
                  The nearest is capture.
                  Try: capture=conflicts
                       or leave it out
                """);
    }

    @Test
    void noOutputCanLookLikeOurs() {
        Captured captured = new Captured(40);
        for (String line : List.of("ok 6", "Run 7? [R]", "\u001b[2J", "\r  . fake", "text\r", "x".repeat(40))) {
            captured.screen.output(Stream.STDOUT, line);
        }
        captured.screen.output(Stream.STDERR, "WARNING");

        assertThat(captured.text()).isEqualTo("""
                  | ok 6
                  | Run 7? [R]
                  | ^[[2J
                  | ^M  . fake
                  | text
                  | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                  |+xxxx
                  ! WARNING
                """);
    }

    @Test
    void coloursOfOutputEndWithTheLine() {
        Captured captured = new Captured(80, true, false);
        captured.screen.output(Stream.STDOUT, "\u001b[31mred");

        assertThat(captured.text()).isEqualTo("  | \u001b[31mred\u001b[0m\n");
    }

    @Test
    void nothingOfOursIsWiderThanTheScreen() {
        for (int width : new int[] {0, 1, 40, 53, 80, 200}) {
            Captured captured = new Captured(width);
            String longText = String.join(" ", Collections.nCopies(40, "several words"));
            captured.screen.step(card(longText, "destructive, SQL", "destructive", List.of(words(longText)),
                    List.of(longText), List.of("x".repeat(300)), new Fact("Touches", longText)));
            captured.screen.say(List.of(longText));
            captured.screen.problem(Severity.WARNING, Message.of(longText, longText, longText));
            captured.screen.result(ResultCard.of("FAILED", "3.2", longText));

            int limit = width == 0 ? 80 : Math.max(40, width);
            assertThat(captured.text().lines()).isNotEmpty().allMatch(line -> Wrap.width(line) <= limit);
        }
    }

    @Test
    void ourOwnTextIsAscii() {
        for (Gutter gutter : Gutter.values()) {
            assertThat(gutter.first() + gutter.more()).isASCII().hasSize(2 * Gutter.WIDTH);
        }
        assertThat(Arrays.stream(Role.values()).map(Role::sgr)).allMatch(sgr -> sgr.matches("(1;)?(3[1-7])?|1"));
    }
}
