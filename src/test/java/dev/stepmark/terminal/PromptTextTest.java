package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Choice;
import dev.stepmark.run.Question.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTextTest {

    private static Question question(Kind kind, String prompt, char enter, String phrase, String... choices) {
        List<Choice> offered = new ArrayList<>();
        for (String choice : choices) {
            offered.add(new Choice(choice.charAt(0), choice.substring(1).strip(), "help of " + choice.charAt(0)));
        }
        return new Question("q", kind, prompt, offered, enter, phrase, "", "", "", false);
    }

    private static Question value(Kind kind, String prompt, String value, String source) {
        return new Question("q", kind, prompt, List.of(), (char) 0, "", value, source, "", false);
    }

    @Test
    void lettersWithTheCapitalForEnter() {
        assertThat(PromptText.of(question(Kind.RUN, "Run 5 on factory?", 'r', "", "r", "s", "e", "w", "q")))
                .isEqualTo("Run 5 on factory? [R,s,e,w,q,?] ");
        assertThat(PromptText.of(question(Kind.RUN, "Run 9 on factory?", (char) 0, "", "r", "s")))
                .isEqualTo("Run 9 on factory? [r,s,?] ");
    }

    @Test
    void wordsWhereTheyAreNeeded() {
        assertThat(PromptText.of(question(Kind.BY_HAND, "Done?", (char) 0, "", "m mark done", "s skip", "w", "q")))
                .isEqualTo("Done? [m mark done, s skip, w, q, ?] ");
    }

    @Test
    void aPhraseIsNamed() {
        assertThat(PromptText.of(question(Kind.PHRASE, "", (char) 0, "delete 12", "s", "e", "w", "q")))
                .isEqualTo("Type \"delete 12\" to run it [or s,e,w,q,?] ");
        assertThat(PromptText.of(question(Kind.PHRASE, "Type \"drop a\" to run it", (char) 0, "drop a", "s")))
                .isEqualTo("Type \"drop a\" to run it [or s,?] ");
    }

    @Test
    void valuesNameTheirSource() {
        assertThat(PromptText.of(value(Kind.TEXT, "HOST", "db1.example.org", "from PGHOST")))
                .isEqualTo("HOST [db1.example.org, from PGHOST]: ");
        assertThat(PromptText.of(value(Kind.TEXT, "Yours?", "hippo", ""))).isEqualTo("Yours? [hippo]: ");
        assertThat(PromptText.of(value(Kind.TEXT, "USERNAME", "", ""))).isEqualTo("USERNAME: ");
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(PromptText.of(value(Kind.SECRET, "PASSWORD", "", "")))
                .isEqualTo("PASSWORD (secret; not shown, not logged): ");
        assertThat(PromptText.of(value(Kind.SECRET, "PASSWORD", "geheim", "from PGPASSWORD"))).doesNotContain("geheim");
        assertThat(PromptText.help(value(Kind.SECRET, "PASSWORD", "geheim", ""))).noneMatch(l -> l.contains("geheim"));
    }

    @Test
    void lettersAreSpelledForAScreenReader() {
        assertThat(PromptText.spelled(question(Kind.RUN, "Run 5 on factory?", 'r', "", "r", "s", "e", "w", "q")))
                .isEqualTo("Run 5 on factory? Enter or r run, s skip, ? all choices: ");
        assertThat(PromptText.spelled(question(Kind.START, "Start?", (char) 0, "", "y", "n", "w", "q")))
                .isEqualTo("Start? y yes, n no, ? all choices: ");
    }

    @Test
    void helpHasOneLineForEachChoiceAndNoOther() {
        assertThat(PromptText.help(question(Kind.RUN, "Run?", 'r', "", "r", "s")))
                .containsExactly("r  help of r (Enter does this too)", "s  help of s");
    }
}
