package dev.stepmark.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version number. Parts are compared as numbers of any length, so 0.9.10 is newer than 0.9.9, and missing parts
 * count as zero, so 1.2 equals 1.2.0. A pre-release is older than its release (semver.org 2.0.0, rule 11); build
 * metadata does not count (rule 10).
 *
 * @param raw        as written
 * @param numbers    the numeric parts without leading zeros
 * @param preRelease the identifiers after the hyphen; empty for a release
 */
public record Version(String raw, List<String> numbers, List<String> preRelease) implements Comparable<Version> {

    private static final int MAX_LENGTH = 256;
    private static final int MAX_PARTS = 4;
    private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final Pattern FORM = Pattern.compile(
            "[vV]?([0-9]+(?:\\.[0-9]+)*)(?:-(" + IDENTIFIERS + "))?(?:\\+" + IDENTIFIERS + ")?");

    public Version {
        numbers = List.copyOf(numbers);
        preRelease = List.copyOf(preRelease);
    }

    /**
     * Reads a version: an optional {@code v}, one to four numeric parts, a pre-release, build metadata.
     *
     * @param raw the text; blanks around it are ignored
     * @throws IllegalArgumentException with a text for people when it is none
     */
    public static Version parse(String raw) {
        String text = raw.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty text is no version");
        }
        Matcher m = FORM.matcher(text.length() > MAX_LENGTH ? "" : text);
        if (!m.matches()) {
            throw new IllegalArgumentException("\"" + shortened(text) + "\" is no version: numbers separated by dots"
                    + " were expected, such as 0.9.5 or 1.2.0-rc.1");
        }
        List<String> numbers = new ArrayList<>();
        for (String part : m.group(1).split("\\.")) {
            numbers.add(withoutZeros(part));
        }
        if (numbers.size() > MAX_PARTS) {
            throw new IllegalArgumentException("\"" + shortened(text) + "\" is no version: it has " + numbers.size()
                    + " parts, and at most " + MAX_PARTS + " are known");
        }
        return new Version(text, numbers, m.group(2) == null ? List.of() : List.of(m.group(2).split("\\.")));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static String withoutZeros(String digits) {
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

    @Override
    public int compareTo(Version other) {
        int order = compareNumbers(other);
        return order != 0 ? order : comparePreRelease(other);
    }

    /** Compares the numeric parts only: 1.2.0-rc.1 and 1.2.0 are the same here. */
    int compareNumbers(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = compareDigits(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private String number(int index) {
        return index < numbers.size() ? numbers.get(index) : "0";
    }

    private int comparePreRelease(Version other) {
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        int common = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < common; i++) {
            int order = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private static int compareIdentifiers(String a, String b) {
        boolean numericA = isNumber(a);
        boolean numericB = isNumber(b);
        if (numericA != numericB) {
            return numericA ? -1 : 1;
        }
        return numericA ? compareDigits(withoutZeros(a), withoutZeros(b)) : Integer.signum(a.compareTo(b));
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int compareDigits(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : Integer.signum(a.compareTo(b));
    }

    /** Equal when neither is newer: {@code v1.2} equals {@code 1.2.0+build7}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Version v && compareTo(v) == 0;
    }

    @Override
    public int hashCode() {
        int last = numbers.size();
        while (last > 0 && numbers.get(last - 1).equals("0")) {
            last--;
        }
        int hash = numbers.subList(0, last).hashCode();
        for (String identifier : preRelease) {
            hash = 31 * hash + (isNumber(identifier) ? withoutZeros(identifier) : identifier).hashCode();
        }
        return hash;
    }

    /** As written. */
    @Override
    public String toString() {
        return raw;
    }
}
