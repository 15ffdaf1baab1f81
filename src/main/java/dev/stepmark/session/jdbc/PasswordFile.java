package dev.stepmark.session.jdbc;

import dev.stepmark.session.ConnectionSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** libpq's password file: lines {@code host:port:database:user:password}, the first that matches decides. */
final class PasswordFile {

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final int FIELDS = 5;

    private final Path file;

    PasswordFile(Path file) {
        this.file = file;
    }

    /**
     * @param spec     what is to be opened
     * @param warnings takes a line when the file is ignored because others can read it
     * @return the password of the first line that matches
     */
    Optional<char[]> find(ConnectionSpec spec, List<String> warnings) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            warnings.add("password file " + file + " is not a plain file, so it is ignored");
            return Optional.empty();
        }
        if (othersMayRead()) {
            warnings.add("password file " + file + " has group or world access, so it is ignored; chmod 600 " + file);
            return Optional.empty();
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                List<String> fields = fields(line);
                if (!line.startsWith("#") && matches(fields, spec)) {
                    return Optional.of(fields.get(FIELDS - 1).toCharArray());
                }
            }
        } catch (IOException e) {
            warnings.add("password file " + file + " cannot be read, so it is ignored");
        }
        return Optional.empty();
    }

    private boolean othersMayRead() {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException | IOException e) {
            // as libpq on Windows: no such permissions there
            return false;
        }
    }

    private static boolean matches(List<String> fields, ConnectionSpec spec) {
        return fields.size() == FIELDS
                && matches(fields.get(0), spec.host())
                && matches(fields.get(1), Integer.toString(spec.port()))
                && matches(fields.get(2), spec.database())
                && matches(fields.get(3), spec.user());
    }

    private static boolean matches(String field, String value) {
        // an escaped star is a star of a name: kept apart by fields()
        return field.equals("*") || field.equals(value) || field.equals("\\*") && value.equals("*");
    }

    /** Splits at colons; a backslash takes the next character as it is. The last field holds the rest. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                boolean star = line.charAt(i) == '*' && field.isEmpty() && fields.size() < FIELDS - 1;
                field.append(star ? "\\*" : String.valueOf(line.charAt(i)));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
                if (fields.size() == FIELDS) {
                    return fields;
                }
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
