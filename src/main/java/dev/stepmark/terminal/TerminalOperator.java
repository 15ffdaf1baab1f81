package dev.stepmark.terminal;

import dev.stepmark.message.Message;
import dev.stepmark.run.Banner;
import dev.stepmark.run.Brief;
import dev.stepmark.run.Ending;
import dev.stepmark.run.Operator;
import dev.stepmark.run.Question;
import dev.stepmark.run.Question.Kind;
import dev.stepmark.run.Reply;
import dev.stepmark.run.ResultCard;
import dev.stepmark.run.RunControl;
import dev.stepmark.run.Running;
import dev.stepmark.run.StepCard;
import dev.stepmark.run.Watch;
import dev.stepmark.terminal.LineParser.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jline.terminal.Terminal;

/**
 * A person at a terminal: a linear transcript that scrolls, one question at a time on its last line. Nothing that was
 * printed is ever changed; only the live line of a running step is redrawn.
 */
public final class TerminalOperator implements Operator, AutoCloseable {

    private static final String BELL = "\u0007";

    private final Terminal terminal;
    private final Settings settings;
    private final Screen screen;
    private final Keyboard keyboard;
    private final KeysIgnored ignored;
    private final ExternalPrograms programs;
    private final Optional<LineEditor> editor;
    private final Set<Kind> spelled = EnumSet.noneOf(Kind.class);
    private final Thread putBack = new Thread(this::putBack, "stepmark-terminal");
    private final Attendance attendance = new Attendance();
    private volatile LiveOutput current;
    private volatile boolean prompting;
    private volatile boolean closed;

    /**
     * @param terminal the terminal, closed by {@link #close}
     * @param settings how it is used
     */
    TerminalOperator(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.settings = settings;
        boolean dumb = settings.dumb();
        Style style = Style.of(settings.color(), settings.env(), true);
        this.screen = new Screen(terminal.writer(), () -> Style.dumb(settings.env()) ? 0 : terminal.getWidth(), style,
                dumb);
        this.keyboard = new Keyboard(terminal);
        this.ignored = new KeysIgnored(screen, keyboard);
        this.programs = new ExternalPrograms(screen, keyboard, settings.env());
        this.editor = dumb ? Optional.empty()
                : Optional.of(new LineEditor(terminal, settings.history(), settings.completions(), keyboard::putAside));
        idle();
        Runtime.getRuntime().addShutdownHook(putBack);
    }

    /**
     * Takes the terminal of the process.
     *
     * @throws IOException when there is none, or it cannot be controlled
     */
    public static TerminalOperator open(Settings settings) throws IOException {
        return new TerminalOperator(SystemTerminal.open(settings.env()), settings);
    }

    /**
     * Loads what a terminal needs and makes a line editor that nobody gets, for who has time before one is needed: the
     * next is made much quicker.
     */
    public static void prepare() {
        SystemTerminal.prepare();
        LineEditor.prepare();
    }

    /** Whether standard input and output are a terminal, so that a person can be asked. */
    public static boolean present() {
        return SystemTerminal.present();
    }

    /** The transcript, for what a command prints besides a run. */
    public Screen screen() {
        return screen;
    }

    @Override
    public void steps(Map<String, String> titles) {
        editor.ifPresent(line -> line.steps(titles));
    }

    @Override
    public void attend(Optional<Watch> watch) {
        attendance.watch(watch);
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public Reply ask(Question question) {
        if (settings.attention().asks()) {
            screen.raw(BELL);
        }
        settings.attention().complaint().ifPresent(screen::remark);
        LineParser parser = new LineParser(question);
        while (true) {
            ignored.drain();
            Line line = read(question, prompt(question));
            if (attendance.over()) {
                idle();
                return new Reply.Late();
            }
            Optional<Reply> reply = line instanceof Line.Text text ? typed(question, parser, text) : left(question, line);
            if (reply.isPresent()) {
                idle();
                return reply.get();
            }
        }
    }

    /** What a typed line says, asking for more of it when it is SQL without an end; empty to ask again. */
    private Optional<Reply> typed(Question question, LineParser parser, Line.Text first) {
        if (question.kind() == Kind.SECRET) {
            return secret(question, first.chars());
        }
        StringBuilder typed = new StringBuilder(first.string());
        Parsed parsed = parser.parse(typed.toString());
        while (parsed instanceof Parsed.More) {
            if (!(read(question, PromptText.CONTINUATION) instanceof Line.Text more)) {
                return Optional.empty();
            }
            if (more.chars().length == 0) {
                screen.say(List.of("  SQL ends with ;   Ctrl-C discards it"));
            }
            parsed = parser.parse(typed.append('\n').append(more.string()).toString());
        }
        if (parsed instanceof Parsed.Answer answer) {
            if (LineParser.forHistory(typed.toString(), answer.reply())) {
                editor.ifPresent(line -> line.remember(typed.toString()));
            }
            return Optional.of(answer.reply());
        }
        if (parsed instanceof Parsed.Choices) {
            showChoices(question);
        } else if (parsed instanceof Parsed.Again again && !again.why().isEmpty()) {
            screen.say(List.of(again.why()));
        }
        return Optional.empty();
    }

    private Optional<Reply> secret(Question question, char[] typed) {
        if (typed.length == 1 && typed[0] == '?') {
            showChoices(question);
            return Optional.empty();
        }
        if (typed.length == 1 && question.offers(typed[0])) {
            return Optional.of(new Reply.Key(typed[0], "key"));
        }
        if (typed.length == 0) {
            return Optional.of(new Reply.Secret(question.value().toCharArray(), "enter"));
        }
        screen.say(List.of("  read: " + Amounts.of(typed.length, "character")));
        return Optional.of(new Reply.Secret(typed, "key"));
    }

    private void showChoices(Question question) {
        screen.say(PromptText.help(question).stream().map(line -> "  " + line).toList());
    }

    /** Ctrl-C asks again; Ctrl-D is q where there is a q. */
    private Optional<Reply> left(Question question, Line line) {
        if (line instanceof Line.Interrupted) {
            return Optional.empty();
        }
        if (line instanceof Line.End && question.offers('q')) {
            return Optional.of(new Reply.Key('q', "key"));
        }
        return Optional.of(new Reply.Gone(line instanceof Line.Gone gone ? gone.why() : "the end of input (Ctrl-D)"));
    }

    private String prompt(Question question) {
        String prompt = screen.dumb() && spelled.add(question.kind()) ? PromptText.spelled(question)
                : PromptText.of(question);
        List<String> lines = Wrap.words(Neutral.line(prompt), screen.width());
        for (String line : lines.subList(0, lines.size() - 1)) {
            screen.raw(screen.style().paint(Role.PROMPT, line) + "\n");
        }
        return lines.get(lines.size() - 1) + " ";
    }

    private Line read(Question question, String prompt) {
        prompting = true;
        try {
            return readLine(question, screen.style().paint(Role.PROMPT, prompt));
        } finally {
            prompting = false;
        }
    }

    private Line readLine(Question question, String shown) {
        boolean edited = editor.isPresent() && question.kind() != Kind.SECRET;
        return attendance.during(lines -> above(lines, shown, edited), () -> edited
                ? editor.get().read(shown, question.adHoc())
                : keyboard.read(screen::raw, shown, question.kind() != Kind.SECRET, () -> closed || attendance.over()));
    }

    /** What happens meanwhile stands above the question. */
    private void above(List<String> lines, String prompt, boolean edited) {
        List<String> wrapped = lines.stream().flatMap(l -> Wrap.words(Neutral.line(l), screen.width()).stream()).toList();
        if (edited) {
            wrapped.forEach(editor.get()::above);
        } else {
            screen.raw("\n" + String.join("\n", wrapped) + "\n" + prompt);
        }
    }

    @Override
    public void brief(Brief brief) {
        settings.attention().runbook(brief.title());
        screen.brief(brief);
    }

    @Override
    public void step(StepCard card) {
        settings.attention().step(card);
        screen.step(card);
    }

    @Override
    public Running running(String label, RunControl control) {
        LiveOutput output = LiveOutput.withClock(screen, label, settings.clock()::millis);
        CancelDialogue dialogue = new CancelDialogue(screen, keyboard, output, label, control);
        PersonsConsole console = new PersonsConsole(new PersonsConsole.Place(terminal, screen, keyboard, ignored),
                label, output, control, () -> closed);
        output.console(console, console::abort);
        output.endFirst(dialogue);
        output.endFirst(() -> {
            settings.attention().ran(output.elapsedMillis());
            current = null;
            idle();
        });
        current = output;
        keyboard.onInterrupt(dialogue::interrupt);
        return output;
    }

    /** Between questions and executions there is nothing to cancel: the first Ctrl-C says so, the second ends. */
    private void idle() {
        keyboard.onInterrupt(() -> {
            screen.say(List.of("^C", "Nothing runs that could be cancelled. Ctrl-C again ends Stepmark."));
            keyboard.defaultInterrupt();
        });
    }

    @Override
    public void result(ResultCard card) {
        screen.result(card);
        settings.attention().result(card);
    }

    @Override
    public void remark(String text) {
        screen.remark(text);
    }

    @Override
    public void banner(Banner banner) {
        screen.banner(banner);
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
        programs.page(title, file);
        idle();
    }

    @Override
    public Optional<String> edit(String text, String suffix) {
        Optional<String> edited = programs.edit(text, suffix);
        idle();
        return edited;
    }

    @Override
    public void ending(Ending ending) {
        screen.ending(ending);
        settings.attention().ended(ending);
    }

    /** Puts the terminal back as it was found. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(putBack);
        } catch (IllegalStateException e) {
            // The hook runs already and does the same.
        }
        putBack();
        terminal.close();
        settings.attention().close();
    }

    private void putBack() {
        if (closed) {
            return;
        }
        closed = true;
        LiveOutput running = current;
        if (running != null) {
            running.abort();
        }
        if (prompting) {
            screen.raw("\n");
        }
        keyboard.close();
        if (editor.isPresent()) {
            screen.raw(SystemTerminal.LEAVE_LINE_EDITOR);
        }
    }
}
