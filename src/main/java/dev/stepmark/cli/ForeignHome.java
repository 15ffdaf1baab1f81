package dev.stepmark.cli;

import dev.stepmark.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** sudo may leave HOME as it is: then root makes directories in a person's home that the person cannot write to. */
final class ForeignHome {

    private ForeignHome() { }

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
