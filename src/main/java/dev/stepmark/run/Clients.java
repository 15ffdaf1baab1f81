package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Session;
import dev.stepmark.session.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sessions of mysql and mariadb: opened by the command that the text has, never by one that nobody wrote. */
final class Clients {

    private final Desk desk;

    Clients(Desk desk) {
        this.desk = desk;
    }

    /** Why a block for such a session is left to a person, or empty when it can be run. */
    static Optional<String> cannot(Desk desk, SessionDeclaration session) {
        boolean given = !session.opener().isEmpty() || desk.options().connection(session.id()).isPresent();
        return given ? Optional.empty() : Optional.of("No command of the document opens its session; --connect " + session.id()
                + "=\"mysql -h HOST -u USER -p DATABASE\" says how.");
    }

    /**
     * Opens one.
     *
     * @param session  what the document says of it
     * @param opener   the command, filled
     * @param shell    the shell it is typed in, when that is open
     * @param database where it was before, when it is opened again; else empty
     * @param ask      asks a person for a password
     */
    Session open(SessionDeclaration session, String opener, Optional<Snapshot> shell, String database,
            Function<String, Optional<char[]>> ask) throws CannotOpen {
        Map<String, String> environment = new LinkedHashMap<>(shell.map(Snapshot::variables).orElse(desk.environment()));
        SessionFactory.ClientPlan plan = desk.sessions().planClient(opener, environment);
        if (plan.spec().isEmpty()) {
            throw new CannotOpen(Message.of(session.label() + " cannot be opened: " + plan.problem(),
                    "No statement was sent.", "do this part by hand: m"), "");
        }
        ClientSpec spec = database.isEmpty() ? plan.spec().get() : plan.spec().get().withDatabase(database);
        String user = spec.user().isEmpty() ? "the default user" : spec.user();
        return desk.sessions().openClient(spec, shell.map(Snapshot::cwd).orElse(""), new SessionFactory.PasswordSource(
                environment, plan.password(), ask, password -> hide("password of " + user, new String(password)),
                desk.operator()::remark));
    }

    private void hide(String name, String value) {
        String unique = name;
        for (int i = 2; desk.secrets().value(unique).map(v -> !v.equals(value)).orElse(false); i++) {
            unique = name + " (" + i + ")";
        }
        desk.secrets().add(unique, value);
    }

    /** What opening it means, below its text. */
    List<StepCard.Fact> facts(String opener) {
        SessionFactory.ClientPlan plan = desk.sessions().planClient(opener, desk.environment());
        List<StepCard.Fact> out = new ArrayList<>();
        if (!plan.problem().isEmpty()) {
            out.add(new StepCard.Fact("Cannot", plan.problem()));
        }
        plan.spec().ifPresent(spec -> {
            out.add(new StepCard.Fact("Opens", spec.display()));
            out.add(new StepCard.Fact("By", spec.by() + ", with its own option files; a password is asked for here when"
                    + " the server wants one"));
        });
        return out;
    }
}
