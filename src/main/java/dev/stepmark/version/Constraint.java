package dev.stepmark.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a version must satisfy: {@code >=12}, {@code >=0.9.0 <=0.9.5}, {@code *}. All parts must hold.
 *
 * @param raw   as written
 * @param parts the comparisons; empty for {@code *}
 */
public record Constraint(String raw, List<Part> parts) {

    private static final Pattern FORM = Pattern.compile("(>=|<=|==|=|<|>)?\\s*([^\\s,<>=]+)");

    public Constraint {
        parts = List.copyOf(parts);
    }

    /** One comparison. */
    public record Part(Operator operator, Version version) {

        boolean matches(Version candidate) {
            return operator.holds(candidate.compareTo(version));
        }
    }

    /** How a candidate is compared. */
    public enum Operator {
        AT_LEAST(">="), AT_MOST("<="), EQUAL("="), BELOW("<"), ABOVE(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private boolean holds(int order) {
            return switch (this) {
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case BELOW -> order < 0;
                case ABOVE -> order > 0;
            };
        }

        private static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            return EQUAL;
        }
    }

    /**
     * Reads comparisons separated by blanks or commas; a version without a sign means exactly that one.
     *
     * @throws IllegalArgumentException with a text for people when it is none
     */
    public static Constraint parse(String raw) {
        String text = raw.strip();
        List<Part> parts = new ArrayList<>();
        int at = 0;
        boolean any = false;
        Matcher m = FORM.matcher(text);
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at)) || (any && text.charAt(at) == ',')) {
                at++;
            } else if (m.find(at) && m.start() == at) {
                any = true;
                addPart(parts, m, raw);
                at = m.end();
            } else {
                throw notUnderstood(raw);
            }
        }
        if (!any) {
            throw notUnderstood(raw);
        }
        return new Constraint(text, parts);
    }

    private static void addPart(List<Part> parts, Matcher m, String raw) {
        if (m.group(2).equals("*")) {
            if (m.group(1) != null) {
                throw notUnderstood(raw);
            }
            return;
        }
        try {
            parts.add(new Part(Operator.of(m.group(1) == null ? "=" : m.group(1)), Version.parse(m.group(2))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + raw + "\": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException notUnderstood(String raw) {
        return new IllegalArgumentException("\"" + raw + "\" is no version constraint: one such as >=12,"
                + " >=0.9.0 <=0.9.5 or * was expected");
    }

    /** Whether the version satisfies all comparisons. */
    public boolean matches(Version version) {
        return parts.stream().allMatch(p -> p.matches(version));
    }

    /** As written. */
    @Override
    public String toString() {
        return raw;
    }
}
