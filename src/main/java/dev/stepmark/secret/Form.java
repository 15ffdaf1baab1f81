package dev.stepmark.secret;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One way in which a secret can appear.
 *
 * @param bytes what to look for, at least {@link Patterns#MIN_LENGTH} of them
 * @param folds whether line breaks inside do not count (encodings are often wrapped at 64 or 76 columns)
 */
record Form(byte[] bytes, boolean folds) {

    /** Where a secret ends or begins inside a group of three bytes, part of a base64 digit is not its own. */
    private static final int[] BASE64_LEAD = {0, 2, 3};

    /** All forms of a value and, when it has several lines, of each line that is long enough. */
    static Set<Form> of(String value) {
        Set<Form> forms = new LinkedHashSet<>();
        addForms(forms, value);
        String[] lines = value.split("\r\n|\r|\n");
        if (lines.length > 1 || value.endsWith("\n")) {
            addForms(forms, String.join("\r\n", lines));
            addForms(forms, String.join("\n", lines));
            for (String line : lines) {
                // the armour of a PEM file is public, and the same in every file
                if (!line.startsWith("-----")) {
                    addForms(forms, line.strip());
                }
            }
        }
        forms.removeIf(f -> f.bytes.length < Patterns.MIN_LENGTH);
        return forms;
    }

    private static void addForms(Set<Form> forms, String value) {
        if (value.codePointCount(0, value.length()) < Patterns.MIN_LENGTH) {
            return;
        }
        addText(forms, value);
        addLatin1(forms, value);
        Quoting.variants(value).forEach(v -> addText(forms, v));
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        addHex(forms, utf8);
        for (int offset = 0; offset < BASE64_LEAD.length; offset++) {
            addBase64(forms, utf8, offset);
        }
    }

    private static void addText(Set<Form> forms, String text) {
        forms.add(new Form(text.getBytes(StandardCharsets.UTF_8), false));
    }

    private static void addLatin1(Set<Form> forms, String value) {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        if (latin1.newEncoder().canEncode(value)) {
            forms.add(new Form(value.getBytes(latin1), false));
        }
    }

    private static void addHex(Set<Form> forms, byte[] utf8) {
        forms.add(ascii(HexFormat.of().formatHex(utf8), true));
        forms.add(ascii(HexFormat.of().withUpperCase().formatHex(utf8), true));
    }

    private static void addBase64(Set<Form> forms, byte[] utf8, int offset) {
        byte[] shifted = new byte[offset + utf8.length];
        System.arraycopy(utf8, 0, shifted, offset, utf8.length);
        int lead = BASE64_LEAD[offset];
        int whole = shifted.length * 8 / 6;
        forms.add(ascii(Base64.getEncoder().encodeToString(shifted).substring(lead, whole), true));
        forms.add(ascii(Base64.getUrlEncoder().encodeToString(shifted).substring(lead, whole), true));
    }

    private static Form ascii(String text, boolean folds) {
        return new Form(text.getBytes(StandardCharsets.US_ASCII), folds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Form f && folds == f.folds && Arrays.equals(bytes, f.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Never the bytes. */
    @Override
    public String toString() {
        return "Form of " + bytes.length + " bytes";
    }
}
