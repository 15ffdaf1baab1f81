package dev.stepmark.cli;

import dev.stepmark.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** sudo may leave HOME as it is: then root makes directories in a person's home that the person cannot write to. */
final class ForeignHome {

    private ForeignHome() { }

    /**
     * The home of the account where sudo has left HOME to that of its caller: a log of root's there would be one that
     * the caller can neither read nor add to. Empty where HOME is right, or nobody can say.
     */
    static Optional<Path> instead(App app) {
        String caller = app.env().getOrDefault("SUDO_USER", "");
        Path home = app.home();
        if (caller.isEmpty() || caller.equals(app.user()) || home == null) {
            return Optional.empty();
        }
        try {
            return !Files.getOwner(home).getName().equals(caller) ? Optional.empty()
                    : app.accountHome().filter(own -> !own.equals(home));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** What to say when the log is not where HOME would have it. */
    static Optional<String> remark(App app, Path runs) {
        return instead(app).filter(runs::startsWith).map(own -> "the log goes to the home of " + app.user()
                + ": HOME is that of " + app.env().get("SUDO_USER"));
    }

    /** What to say before the directory of the runs is made; empty when it is one's own, or was somebody's already. */
    static Optional<Message> warning(App app, Path runs) {
        Path home = app.home();
        Path place = runs.toAbsolutePath();
        if (home == null || !place.startsWith(home) || app.user().equals("?")) {
            return Optional.empty();
        }
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            if (place == null || !Files.isWritable(place) || Files.getOwner(place).getName().equals(app.user())) {
                return Optional.empty();
            }
            String person = Files.getOwner(home).getName();
            return Optional.of(Message.of("the log goes to the home of " + person + ", and " + app.user()
                    + " will own it", "Later runs of " + person + " cannot write there.",
                    "sudo -H stepmark run ..., or --journal DIR"));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
