package dev.stepmark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Choice;
import dev.stepmark.run.Question.Kind;
import dev.stepmark.run.Reply;
import dev.stepmark.terminal.LineParser.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {

    private static Question question(Kind kind, char enter, String phrase, boolean adHoc) {
        return new Question("q", kind, "Run 5?", List.of(new Choice('r', "", "runs"), new Choice('s', "", "skips"),
                new Choice('q', "", "stops")), enter, phrase, "db1", "", "", adHoc);
    }

    private static Parsed run(String line) {
        return new LineParser(question(Kind.RUN, 'r', "", true)).parse(line);
    }

    private static Parsed phrase(String line) {
        return new LineParser(question(Kind.PHRASE, (char) 0, "delete 12", true)).parse(line);
    }

    private static Parsed value(String line) {
        return new LineParser(question(Kind.TEXT, (char) 0, "", false)).parse(line);
    }

    private static Parsed answer(Reply reply) {
        return new Parsed.Answer(reply);
    }

    @Test
    void enterTakesTheCapitalLetterOrAsksAgain() {
        assertThat(run("")).isEqualTo(answer(new Reply.Key('r', "enter")));
        assertThat(new LineParser(question(Kind.RUN, (char) 0, "", true)).parse(" ")).isEqualTo(new Parsed.Again(""));
    }

    @Test
    void oneLetterIsAnAnswerWhenOffered() {
        assertThat(run("s")).isEqualTo(answer(new Reply.Key('s', "key")));
        assertThat(run(" R ")).isEqualTo(answer(new Reply.Key('r', "key")));
        assertThat(run("x")).isEqualTo(new Parsed.Again("not understood; x is no choice here   choices: ?"));
        assertThat(run("?")).isEqualTo(new Parsed.Choices());
    }

    @Test
    void adHocLines() {
        assertThat(run("/goto 5")).isEqualTo(answer(new Reply.Command("goto", "5")));
        assertThat(run("/list")).isEqualTo(answer(new Reply.Command("list", "")));
        assertThat(run("!ls /backup")).isEqualTo(answer(new Reply.Shell("ls /backup")));
        assertThat(run("\\d work_orders")).isEqualTo(answer(new Reply.Meta("\\d work_orders")));
        assertThat(run("select 1;")).isEqualTo(answer(new Reply.Sql("select 1;")));
        assertThat(run("/* why */ SELECT 1;")).isEqualTo(answer(new Reply.Sql("/* why */ SELECT 1;")));
        assertThat(run("SELECT 1")).isEqualTo(new Parsed.More());
        assertThat(run("SELECT 1\n;")).isEqualTo(answer(new Reply.Sql("SELECT 1\n;")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '=', value = {
        "yes=not understood; SQL ends with ;   shell: !ls   commands: /help   choices: ?",
        "run=not understood; the key is r (run)   choices: ?",
        "quit=not understood; the key is q (to stop)   choices: ?",
        "exit=not understood; the key is q (to stop)   choices: ?",
        "help=not understood; the choices of this question: ?   all commands: /help",
        "ls -l=not understood; SQL ends with ;   shell: !ls   commands: /help   choices: ?",
        "selection of rows=not understood; SQL ends with ;   shell: !ls   commands: /help   choices: ?",
        "/backup/x=not understood; SQL ends with ;   shell: !ls   commands: /help   choices: ?",
        "!=not understood; ! is no choice here   choices: ?"
    })
    void wordsAreNeverSentAnywhere(String typed, String answer) {
        assertThat(run(typed)).isEqualTo(new Parsed.Again(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1;", "!ls", "/list", "\\d"})
    void whereAdHocIsNotWelcomeNothingIsAdHoc(String typed) {
        assertThat(new LineParser(question(Kind.RUN, 'r', "", false)).parse(typed))
                .isEqualTo(new Parsed.Again("not understood; choices: ?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete 12", "delete 21", "DELETE 12", "delete 12;", "yes", "go on"})
    void aPhraseIsTextAlsoWhenItLooksLikeSql(String typed) {
        assertThat(phrase(typed)).isEqualTo(answer(new Reply.Text(typed, "key")));
    }

    @Test
    void otherThingsAtAPhraseStayWhatTheyAre() {
        assertThat(phrase("")).isEqualTo(new Parsed.Again(""));
        assertThat(phrase("s")).isEqualTo(answer(new Reply.Key('s', "key")));
        assertThat(phrase("y")).isInstanceOf(Parsed.Again.class);
        assertThat(phrase("SELECT count(*) FROM a;")).isEqualTo(answer(new Reply.Sql("SELECT count(*) FROM a;")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/x", "SELECT 1;", "!x", "x", " two words "})
    void aValueIsWhatWasTyped(String typed) {
        assertThat(value(typed)).isEqualTo(answer(new Reply.Text(typed, "key")));
    }

    @Test
    void enterTakesTheValueInBrackets() {
        assertThat(value("")).isEqualTo(answer(new Reply.Text("db1", "enter")));
        assertThat(value("q")).isEqualTo(answer(new Reply.Key('q', "key")));
        assertThat(value("?")).isEqualTo(new Parsed.Choices());
    }

    @Test
    void onlyAdHocLinesAreKept() {
        assertThat(LineParser.forHistory("SELECT 1;", new Reply.Sql("SELECT 1;"))).isTrue();
        assertThat(LineParser.forHistory("/list", new Reply.Command("list", ""))).isTrue();
        assertThat(LineParser.forHistory(" SELECT 1;", new Reply.Sql("SELECT 1;"))).isFalse();
        assertThat(LineParser.forHistory("delete 12", new Reply.Text("delete 12", "key"))).isFalse();
        assertThat(LineParser.forHistory("r", new Reply.Key('r', "key"))).isFalse();
    }
}
