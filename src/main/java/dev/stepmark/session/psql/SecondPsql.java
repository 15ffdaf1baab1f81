package dev.stepmark.session.psql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A second psql for one question beside the session: cancel, terminate, look. It goes the same way as the first one and
 * ends at once.
 */
final class SecondPsql {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Start start;
    private final List<String> connects;

    /**
     * @param start    how psql is started for this session
     * @param connects the {@code \c} commands that brought the session where it is
     */
    SecondPsql(Start start, List<String> connects) {
        this.start = start;
        this.connects = List.copyOf(connects);
    }

    /**
     * What it said.
     *
     * @param out   standard output
     * @param err   standard error, without the line feed at its end
     * @param ended whether it came to its end with everything done
     */
    record Said(String out, String err, boolean ended) { }

    /** Asks one query; its output without decoration, or empty when it could not be asked. */
    Optional<String> ask(String query) {
        Said said = run(query + ";\n");
        return said.ended() && said.err().isEmpty() ? Optional.of(said.out().strip()) : Optional.empty();
    }

    /** Runs commands after it has gone where the session is. */
    Said run(String commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PsqlProcess psql = null;
        try {
            psql = start.plain(List.of("-A", "-t", "-q"));
            Exchange exchange = new Exchange(out::write, err::write);
            psql.begin(exchange);
            List<String> lines = new ArrayList<>(List.of(start.forget()));
            lines.addAll(connects);
            lines.add(commands);
            psql.send(String.join("\n", lines), StandardCharsets.UTF_8);
            psql.sendMarkers();
            PsqlProcess.End end = psql.await(Optional.of(LIMIT));
            return new Said(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)
                    .stripTrailing(), end == PsqlProcess.End.COMPLETE);
        } catch (java.io.IOException e) {
            return new Said("", e.getMessage(), false);
        } finally {
            if (psql != null) {
                psql.close();
            }
        }
    }
}
