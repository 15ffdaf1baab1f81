package dev.stepmark.session.jdbc;

import dev.stepmark.message.Message;
import dev.stepmark.session.ConnectionSpec;
import java.util.List;
import java.util.Optional;

/** What became of a connection's parts: a closed set. */
public sealed interface Resolution {

    /**
     * Everything is known.
     *
     * @param spec               what to connect to
     * @param passwordSourceName where the password was found, for people ({@code PGPASSWORD}, {@code ~/.pgpass}); empty
     *                           when nothing has one, which is no error: the server may not want one
     */
    record Resolved(ConnectionSpec spec, Optional<String> passwordSourceName) implements Resolution { }

    /**
     * Something must be asked, or cannot be done.
     *
     * @param fields the parts that somebody must give: {@code host}, {@code user}, {@code service}, ...
     * @param why    what to tell the operator
     */
    record Needs(List<String> fields, Message why) implements Resolution {

        public Needs {
            fields = List.copyOf(fields);
        }
    }
}
