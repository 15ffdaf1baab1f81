package dev.stepmark.cli;

import dev.stepmark.message.Nearest;
import dev.stepmark.message.StepmarkException;
import dev.stepmark.plan.PlannedQuestion;
import dev.stepmark.plan.RunOptions;
import dev.stepmark.run.SessionFactory;
import dev.stepmark.runbook.FrontMatter.Variable;
import dev.stepmark.runbook.Runbook;
import dev.stepmark.runbook.SessionDeclaration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names and addresses on the command line must fit the runbook: one that does not would be passed over in silence. */
final class GivenNames {

    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://\\S*|(.*[\\s/])?psql(\\s.*)?");
    private static final Pattern PASSWORD = Pattern.compile("(?i)://[^/@\\s:]*:[^@\\s]+@|[?&]password=");

    private final Runbook runbook;
    private final RunOptions options;

    GivenNames(Runbook runbook, RunOptions options) {
        this.runbook = runbook;
        this.options = options;
    }

    /** Refuses what the runbook does not have. */
    void check(List<PlannedQuestion> questions, SessionFactory sessions, Map<String, String> environment) {
        options.connect().forEach((name, url) -> address(name, url, sessions, environment));
        known("connection", "--connect", options.connect().keySet(), connections());
        known("session", "--target", options.targets().keySet(), runbook.sessions().stream()
                .map(SessionDeclaration::id).toList());
        values(questions);
    }

    private void address(String name, String url, SessionFactory sessions, Map<String, String> environment) {
        String option = "--connect " + (name.isEmpty() ? "" : name + "=");
        String form = option + "postgresql://USER@HOST:5432/DATABASE";
        if (PASSWORD.matcher(url).find()) {
            throw RunFlags.usage(option + "... has a password in it", "Other users can see it there, and the shell has"
                    + " it in its history. Nothing was run.", form + "   (and PGPASSWORD or ~/.pgpass)");
        }
        if (mysql(name)) {
            client(option, url, sessions, environment);
            return;
        }
        String problem = problem(url, sessions, environment);
        if (!problem.isEmpty()) {
            throw RunFlags.usage(option + url + " is no address of a database", problem + "\nNothing was run.", form);
        }
    }

    private boolean mysql(String name) {
        return runbook.session(name).map(s -> s.kind() == SessionDeclaration.Kind.MYSQL).orElse(false);
    }

    /** A session of mysql is opened by a command, as a text would have it. */
    private static void client(String option, String command, SessionFactory sessions, Map<String, String> environment) {
        SessionFactory.ClientPlan plan = sessions.planClient(command, environment);
        String form = option + "\"mysql -h HOST -u USER -p DATABASE\"";
        if (plan.password().isPresent()) {
            throw RunFlags.usage(option + "... has a password in it", "Other users can see it there, and the shell has"
                    + " it in its history. Nothing was run.", form + "   (it is asked for, or read from ~/.my.cnf)");
        }
        if (plan.spec().isEmpty()) {
            throw RunFlags.usage(option + command + " opens no session of mysql", plan.problem() + "\nNothing was run.", form);
        }
    }

    /** What the address does not say can be asked for; what it says wrongly cannot. */
    private static String problem(String url, SessionFactory sessions, Map<String, String> environment) {
        if (!SCHEME.matcher(url).matches()) {
            return "A URL begins with postgresql://.";
        }
        SessionFactory.ConnectionPlan plan = sessions.plan(url, environment);
        return plan.needs().stream().filter(n -> n.field().equals("port")).map(n -> n.reason()).findFirst()
                .orElse(plan.problem());
    }

    private Set<String> connections() {
        return connections(runbook);
    }

    /** The names of connections that a document has. */
    static Set<String> connections(Runbook runbook) {
        Set<String> out = new TreeSet<>(runbook.frontMatter().connections().keySet());
        out.add(runbook.frontMatter().version().connection());
        runbook.sessions().stream().filter(s -> s.kind() == SessionDeclaration.Kind.PSQL && s.openedBy() == 0)
                .forEach(s -> out.add(s.connection().isEmpty() ? s.id() : s.connection()));
        runbook.sessions().stream().filter(s -> s.kind() == SessionDeclaration.Kind.MYSQL && s.opener().isEmpty())
                .forEach(s -> out.add(s.id()));
        out.remove("");
        return out;
    }

    private void known(String what, String option, Set<String> given, Collection<String> known) {
        given.stream().filter(n -> !n.isEmpty() && !known.contains(n)).findFirst().ifPresent(n -> {
            throw unknown("there is no " + what + " \"" + n + "\" in " + runbook.path(), n, known, option + " "
                    + (known.isEmpty() ? "is not needed: leave it out" : known.iterator().next() + "=..."));
        });
    }

    private void values(List<PlannedQuestion> questions) {
        List<String> secrets = runbook.frontMatter().variables().stream().filter(Variable::secret).map(Variable::name)
                .toList();
        options.set().keySet().stream().filter(secrets::contains).findFirst().ifPresent(n -> {
            throw RunFlags.secretOnCommandLine(n);
        });
        List<String> known = questions.stream().filter(q -> q.kind() == PlannedQuestion.Kind.VALUE
                || q.kind() == PlannedQuestion.Kind.COLUMN)
                .map(PlannedQuestion::id).toList();
        options.set().keySet().stream().filter(n -> !known.contains(n)).findFirst().ifPresent(n -> {
            throw unknown(runbook.path() + " has no value " + n, n, known, "stepmark plan " + runbook.path()
                    + " --questions   (prints every value)");
        });
    }

    private static StepmarkException unknown(String what, String name, Collection<String> known, String tryThis) {
        return RunFlags.usage(what, Nearest.to(name, known).map(n -> "The nearest is " + n + ". ").orElse("")
                + "Nothing was run.", tryThis);
    }
}
