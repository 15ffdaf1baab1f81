package dev.stepmark.run;

import dev.stepmark.message.Message;
import dev.stepmark.runbook.SessionDeclaration;
import dev.stepmark.session.CannotOpen;
import dev.stepmark.session.ClientSpec;
import dev.stepmark.session.Elsewhere;
import dev.stepmark.session.Session;
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
     * What a client is typed in.
     *
     * @param environment of the shell, or of the program here that leads to its place; empty when it is not open
     * @param directory   of the shell, or empty
     * @param place       where it is, when that is another place
     */
    record Around(Map<String, String> environment, String directory, Optional<Elsewhere> place) { }

    /**
     * Opens one.
     *
     * @param session  what the document says of it
     * @param opener   the command, filled
     * @param around   what it is typed in
     * @param database where it was before, when it is opened again; else empty
     * @param ask      asks a person for a password
     */
    Session open(SessionDeclaration session, String opener, Around around, String database,
            Function<String, Optional<char[]>> ask) throws CannotOpen {
        Map<String, String> environment = new LinkedHashMap<>(around.environment().isEmpty() ? desk.environment()
                : around.environment());
        SessionFactory.ClientPlan plan = desk.sessions().planClient(opener, environment, around.place());
        if (plan.spec().isEmpty()) {
            throw new CannotOpen(Message.of(session.label() + " cannot be opened: " + plan.problem(),
                    "No statement was sent.", "do this part by hand: m"), "");
        }
        ClientSpec spec = database.isEmpty() ? plan.spec().get() : plan.spec().get().withDatabase(database);
        String user = spec.user().isEmpty() ? "the default user" : spec.user();
        return desk.sessions().openClient(spec, around.directory(), new SessionFactory.PasswordSource(
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
    List<StepCard.Fact> facts(String opener, boolean elsewhere) {
        // what is there is seen when it is opened; what the command says is known now
        SessionFactory.ClientPlan plan = desk.sessions().planClient(opener, desk.environment(), elsewhere
                ? Optional.of(new Elsewhere(words -> words, Map.of(), "", "the shell around it")) : Optional.empty());
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
