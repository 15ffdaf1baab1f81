package dev.stepmark.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The psql program that opens a connection, and how it is started. It may be started by another program ({@code sudo -u
 * postgres psql}); then psql itself, as that user, decides what the command leaves open.
 *
 * @param launcher words in front of it; empty when it is started directly
 * @param program  its name or path
 * @param oneWord  whether the launcher takes the whole command as one word for a shell ({@code su postgres -c})
 * @param options  its further options as they are given to it ({@code -A}, {@code -F}, {@code ;})
 * @param written  connection parameters by their libpq names that are handed to it, without a password
 * @param reason   why the connection goes through psql, for people: {@code the Unix socket in /var/run/postgresql}
 * @param elsewhere the place where it is, when that is not this user's account on this machine; the launcher is then
 *                 only for people
 */
public record PsqlProgram(List<String> launcher, String program, boolean oneWord, List<String> options,
        Map<String, String> written, String reason, Optional<Elsewhere> elsewhere) {

    /** A psql that this machine starts. */
    public PsqlProgram(List<String> launcher, String program, boolean oneWord, List<String> options,
            Map<String, String> written, String reason) {
        this(launcher, program, oneWord, options, written, reason, Optional.empty());
    }

    public PsqlProgram {
        launcher = List.copyOf(launcher);
        options = List.copyOf(options);
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
    }

    /** The command that starts it with these arguments. */
    public List<String> command(List<String> arguments) {
        if (elsewhere.isPresent()) {
            return elsewhere.get().start();
        }
        List<String> psql = new ArrayList<>(List.of(program));
        psql.addAll(arguments);
        List<String> command = new ArrayList<>(launcher);
        if (oneWord) {
            command.add(String.join(" ", psql.stream().map(PsqlProgram::quoted).toList()));
        } else {
            command.addAll(psql);
        }
        return command;
    }

    /** The connection parameters as one word that psql takes for {@code -d}. */
    public String conninfo() {
        List<String> pairs = new ArrayList<>();
        written.forEach((name, value) -> pairs.add(name + "='" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"));
        return String.join(" ", pairs);
    }

    /** The same for another database. */
    PsqlProgram withDatabase(String database) {
        Map<String, String> other = new LinkedHashMap<>(written);
        other.put("dbname", database);
        return new PsqlProgram(launcher, program, oneWord, options, other, reason, elsewhere);
    }

    /** The same at another place. */
    public PsqlProgram at(Elsewhere place) {
        return new PsqlProgram(launcher, program, oneWord, options, written, reason, Optional.of(place));
    }

    /** What the command wants on its input before anything else; empty for nothing. */
    public String preamble(List<String> arguments, Map<String, String> environment) {
        List<String> psql = new ArrayList<>(List.of(program));
        psql.addAll(arguments);
        return elsewhere.map(place -> place.preamble(psql, environment)).orElse("");
    }

    /** For people: {@code psql}, or {@code psql, started by sudo -u postgres}. */
    public String display() {
        List<String> words = new ArrayList<>(launcher);
        if (oneWord && !words.isEmpty()) {
            words.remove(words.size() - 1);
        }
        return "psql" + (words.isEmpty() ? "" : ", started by " + String.join(" ", words));
    }

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
