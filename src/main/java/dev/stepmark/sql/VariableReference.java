package dev.stepmark.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variable as it is named in a text.
 *
 * @param form how it is to be filled in
 * @param name its name
 * @param end  index behind it
 */
record VariableReference(Form form, String name, int end) {

    private static final String NAME = "([A-Za-z0-9_\\x{80}-\\x{10FFFF}]+)";
    private static final Pattern PATTERN = Pattern.compile(
            ":" + NAME + "|:'" + NAME + "'|:\"" + NAME + "\"|:\\{\\?" + NAME + "\\}");

    /** {@code :name}, {@code :'name'}, {@code :"name"}, {@code :{?name}}. */
    enum Form { PLAIN, LITERAL, IDENTIFIER, TEST }

    /** The reference whose colon stands at a position. */
    static Optional<VariableReference> at(CharSequence text, int position) {
        Matcher matcher = PATTERN.matcher(text);
        matcher.region(position, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        for (Form form : Form.values()) {
            String name = matcher.group(form.ordinal() + 1);
            if (name != null) {
                return Optional.of(new VariableReference(form, name, matcher.end()));
            }
        }
        return Optional.empty();
    }

    /** Whether a name can be a variable's. */
    static boolean validName(String name) {
        return name.matches(NAME);
    }

    /** The value in the form's quotes; as it is for {@code :name}. */
    String quoted(String value) {
        return switch (form) {
            case LITERAL -> literal(value);
            case IDENTIFIER -> '"' + value.replace("\"", "\"\"") + '"';
            default -> value;
        };
    }

    /** As libpq quotes: safe whatever standard_conforming_strings is. */
    private static String literal(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') >= 0 ? " E" + quoted : quoted;
    }
}
