package dev.stepmark.terminal;

import dev.stepmark.message.Message;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.Banner;
import dev.stepmark.run.Brief;
import dev.stepmark.run.Ending;
import dev.stepmark.run.Operator;
import dev.stepmark.run.Question;
import dev.stepmark.run.Reply;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.RunControl;
import dev.stepmark.run.Running;
import dev.stepmark.run.StepCard;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The operator when nobody is there: answers from options and files, and never asks. What was missing has been found
 * before the first step; a question that comes up later all the same is answered by stopping.
 *
 * <p>It writes one line an event in UTC, or, for a demonstration, everything that a person at a terminal would see.
 */
public final class BatchOperator implements Operator {

    private final RunOptions options;
    private final Screen screen;
    private final Clock clock;
    private final boolean whole;
    private final Attention attention;

    /**
     * @param options what was given beforehand
     * @param screen  where lines go
     * @param clock   for the time of each line
     * @param whole   whether to show steps and questions as a person would see them
     */
    public BatchOperator(RunOptions options, Screen screen, Clock clock, boolean whole) {
        this(options, screen, clock, whole, Attention.none());
    }

    /** The same, with a command that is told what happens. */
    public BatchOperator(RunOptions options, Screen screen, Clock clock, boolean whole, Attention attention) {
        this.attention = attention;
        this.options = options;
        this.screen = screen;
        this.clock = clock;
        this.whole = whole;
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public Reply ask(Question question) {
        Reply reply = answer(question);
        if (whole) {
            screen.say(List.of(PromptText.of(question) + shown(reply)));
        }
        return reply;
    }

    private static String shown(Reply reply) {
        if (reply instanceof Reply.Key key) {
            return key.key() + "   (" + key.by() + ")";
        }
        return reply instanceof Reply.Text text ? text.text() + "   (" + text.by() + ")" : "";
    }

    private Reply answer(Question question) {
        Optional<Boolean> given = options.yesNo(question.id());
        return switch (question.kind()) {
            case START -> key(given.orElse(options.yes()) ? 'y' : 'n', given);
            case RUN -> step(question, 'r', given, options.yes());
            case PHRASE -> phrase(question, given);
            case CONDITION -> condition(question, given);
            case BY_HAND -> step(question, 'm', given, options.assumeManual());
            case SESSION -> step(question, 'r', given, question.offers('r'));
            case TEXT -> text(question);
            case SECRET -> nobody("a secret is read at a terminal only");
            case YES_NO -> key(given.orElse(false) ? 'y' : 'n', given);
            case IN_DOUBT -> doubt(question);
            case COMMIT -> nobody("a transaction is not held without a terminal");
            case FAILED, REMAINING -> key('q', Optional.empty());
        };
    }

    private static Reply nobody(String why) {
        return new Reply.Gone(why);
    }

    /**
     * Goes on by an answer or by the option for this kind of step. An optional step without an answer is skipped; any
     * other is not: what nobody answered stops the run and is there when it goes on.
     */
    private static Reply step(Question question, char go, Optional<Boolean> given, boolean option) {
        boolean optional = question.enter() == 's';
        if (given.isEmpty() && !optional && !option) {
            return nobody("nobody answered " + question.id());
        }
        return key(given.orElse(!optional) ? go : 's', given);
    }

    /** No answer replaces --allow destructive, and that option answers nothing else. */
    private Reply phrase(Question question, Optional<Boolean> given) {
        Reply reply = step(question, 'r', given, options.yes() || !question.offers('s'));
        if (!(reply instanceof Reply.Key key) || key.key() == 's') {
            return reply;
        }
        return options.allowDestructive() ? new Reply.Text(question.phrase(), "option")
                : nobody("--allow destructive was not given");
    }

    private static Reply condition(Question question, Optional<Boolean> given) {
        if (question.offers('s')) {
            return key('s', given);
        }
        return key(given.orElse(false) ? 'y' : 'n', given);
    }

    private Reply text(Question question) {
        String answer = options.answers().getOrDefault(question.id(), "");
        if (!answer.isBlank()) {
            return new Reply.Text(answer, "answer");
        }
        boolean reason = question.id().endsWith(".reason");
        return reason ? new Reply.Text("answered beforehand", "option") : nobody("nobody answered " + question.id());
    }

    private Reply doubt(Question question) {
        return switch (options.answers().getOrDefault(question.id(), "")) {
            case "done" -> new Reply.Key('m', "answer");
            case "run" -> new Reply.Key('r', "answer");
            default -> new Reply.Gone("nobody can say what became of it");
        };
    }

    private static Reply key(char key, Optional<Boolean> given) {
        return new Reply.Key(key, given.isPresent() ? "answer" : "option");
    }

    @Override
    public void brief(Brief brief) {
        attention.runbook(brief.title());
        if (whole) {
            screen.brief(brief);
            return;
        }
        line("start", brief.title() + " (" + brief.right() + ")");
        brief.facts().forEach(f -> f.lines().forEach(l -> line("", f.label() + ": " + l
                + (f.verdict().isEmpty() ? "" : " [" + f.verdict() + "]"))));
    }

    @Override
    public void step(StepCard card) {
        attention.step(card);
        if (whole) {
            screen.step(card);
            return;
        }
        String position = card.position().isEmpty() ? "" : card.position().split("/", 2)[0] + " ";
        line("step", position + card.title() + (card.right().isEmpty() ? "" : " (" + card.right() + ")"));
        card.before().forEach(this::remark);
        card.facts().forEach(f -> remark((f.label() + " " + f.text()).strip()));
    }

    @Override
    public Running running(String label, RunControl control) {
        LiveOutput output = LiveOutput.plain(screen);
        long begin = clock.millis();
        return new Running() {
            @Override
            public dev.stepmark.session.OutputSink sink() {
                return output.sink();
            }

            @Override
            public void close() {
                output.close();
                attention.ran(clock.millis() - begin);
            }
        };
    }

    @Override
    public void result(ResultCard card) {
        attention.result(card);
        if (whole) {
            screen.result(card);
            return;
        }
        screen.result(new ResultCard("", card.unit(), "", card.results(), card.error(), List.of()));
        if (!card.word().isEmpty()) {
            line(card.word(), card.unit() + " " + card.text());
        }
        card.facts().forEach(f -> remark((f.label() + " " + f.text()).strip()));
    }

    @Override
    public void remark(String text) {
        screen.remark(text);
    }

    @Override
    public void banner(Banner banner) {
        if (whole) {
            screen.banner(banner);
        } else {
            line("banner", banner.text() + ": " + banner.where());
        }
    }

    @Override
    public void say(List<String> lines) {
        screen.say(lines);
    }

    @Override
    public void problem(Severity severity, Message message) {
        screen.problem(severity, message);
    }

    @Override
    public void page(String title, Path file) {
        screen.remark(title + ": " + file);
    }

    @Override
    public Optional<String> edit(String text, String suffix) {
        return Optional.empty();
    }

    @Override
    public void ending(Ending ending) {
        attention.ended(ending);
        attention.close();
        attention.complaint().ifPresent(this::remark);
        if (whole) {
            screen.ending(ending);
            return;
        }
        line("end", ending.word() + " " + ending.title());
        ending.facts().forEach(f -> line("", (f.label() + " " + f.text()).strip()));
    }

    /** One line an event: time in UTC, a word, the rest. */
    private void line(String word, String text) {
        String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        // never wrapped: one event is one line for grep
        screen.print(List.of(Neutral.line(word.isEmpty() ? "  " + text
                : time + "  " + String.format("%-9s", word) + " " + text)));
    }
}
