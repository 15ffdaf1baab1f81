package dev.stepmark.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {

    private static final String SECRET = "S3cr\"et'/+ $x\\<&>\u00e9!:q";
    private static final String KEY = "-----BEGIN KEY-----\nMIIabc/defg+h0\nzz\nQQkkll12=\n-----END KEY-----\n";

    private final Secrets secrets = new Secrets();

    /** The secret as programs print it, each between words that must stay. */
    static List<String> appearances() {
        List<String> all = new ArrayList<>();
        byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
        all.add(SECRET);
        all.add(HexFormat.of().formatHex(utf8));
        all.add("\\x" + HexFormat.of().withUpperCase().formatHex(utf8));
        String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        all.add(url);
        all.add(url.replace("+", "%20").replace("%2F", "%2f").replace("%C3%A9", "%c3%a9").replaceAll("(?<=%)3C", "3c")
                .replaceAll("(?<=%)2B", "2b").replaceAll("(?<=%)5C", "5c").replaceAll("(?<=%)3E", "3e")
                .replaceAll("(?<=%)3A", "3a"));
        all.add("{\"p\":\"S3cr\\\"et'/+ $x\\\\<&>\u00e9!:q\"}");
        all.add("{\"p\":\"S3cr\\\"et'\\/+ $x\\\\<&>\\u00e9!:q\"}");
        all.add("{\"p\":\"S3cr\\\"et'/+ $x\\\\\\u003c\\u0026\\u003e\u00e9!:q\"}");
        all.add("'S3cr\"et'\\''/+ $x\\<&>\u00e9!:q'");
        all.add("'S3cr\"et'\"'\"'/+ $x\\<&>\u00e9!:q'");
        all.add("\"S3cr\\\"et'/+ \\$x\\\\<&>\u00e9!:q\"");
        all.add("S3cr\\\"et\\'/+\\ \\$x\\\\\\<\\&\\>\u00e9\\!:q");
        all.add("PASSWORD 'S3cr\"et''/+ $x\\<&>\u00e9!:q'");
        all.add("\"S3cr\"\"et'/+ $x\\<&>\u00e9!:q\"");
        all.add("E'S3cr\"et''/+ $x\\\\<&>\u00e9!:q'");
        all.add("password='S3cr\"et\\'/+ $x\\\\<&>\u00e9!:q'");
        all.add("S3cr&quot;et&#39;/+ $x\\&lt;&amp;&gt;\u00e9!:q");
        all.add("S3c\u001b[31mr\"et'/+ \u001b[01;32m\u001b[K$x\\<&>\u00e9!:q");
        return all;
    }

    @ParameterizedTest
    @MethodSource("appearances")
    void noFormOfASecretIsLeft(String appearance) throws IOException {
        secrets.add("DB_PASSWORD", SECRET);
        String masked = secrets.masker().mask("before " + appearance + " after");
        assertThat(masked).startsWith("before ").endsWith(" after").contains("***").doesNotContain("3cr", "3c72", "%3");
        everyCut("before " + appearance + " after", masked);
    }

    @Test
    void base64AtEachOffsetAndFolded() throws IOException {
        secrets.add("DB_PASSWORD", SECRET);
        for (int offset = 0; offset < 6; offset++) {
            String text = "u".repeat(offset) + SECRET + " and more";
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder(),
                    Base64.getMimeEncoder(16, new byte[] {'\n'}))) {
                String encoded = encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
                String masked = secrets.masker().mask("[" + encoded + "]");
                assertThat(masked).as("offset " + offset).contains("***");
                // the last bytes, " and more", are not of the secret and stay, but for a shared digit
                assertThat(masked).endsWith(encoded.substring(encoded.length() - 6) + "]");
                assertThat(masked.length()).isLessThan(encoded.length() - SECRET.length());
                everyCut("[" + encoded + "]", masked);
            }
        }
    }

    @Test
    void eachLineOfASecretOfSeveralLinesButNotItsPublicArmour() throws IOException {
        secrets.add("KEY", KEY);
        Masker masker = secrets.masker();
        assertThat(masker.mask("x " + KEY.replace("\n", "\r\n"))).isEqualTo("x ***\r\n");
        assertThat(masker.mask("x " + KEY + "y")).isEqualTo("x ***y");
        assertThat(masker.mask("  MIIabc/defg+h0\n  QQkkll12=")).isEqualTo("  ***\n  ***");
        assertThat(masker.mask("-----BEGIN KEY----- zz")).isEqualTo("-----BEGIN KEY----- zz");
        everyCut("a\n" + KEY + "b", masker.mask("a\n" + KEY + "b"));
    }

    /** Masking a stream gives the same as masking the text, wherever it is cut into three pieces. */
    private void everyCut(String text, String expected) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int a = 0; a <= bytes.length; a++) {
            for (int b = a; b <= bytes.length; b += Math.max(1, bytes.length / 12)) {
                assertThat(stream(bytes, a, b)).as("cut at " + a + " and " + b).isEqualTo(expected);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingOutput masking = new MaskingOutput(secrets.masker(), out);
        for (byte b : bytes) {
            masking.write(b);
            masking.flush();
        }
        masking.finish();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    private String stream(byte[] bytes, int a, int b) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingOutput masking = new MaskingOutput(secrets.masker(), out);
        masking.write(bytes, 0, a);
        masking.write(bytes, a, b - a);
        masking.write(bytes, b, bytes.length - b);
        masking.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void unrelatedBytesPassUnchanged() throws IOException {
        secrets.add("A", "hunter2-and-more");
        secrets.add("B", SECRET);
        secrets.add("C", "aaaaaab");
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(3000)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (round % 2 == 0 ? random.nextInt(256) : "hunter2S3c\u001b[a\n".charAt(
                        random.nextInt(14)));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MaskingOutput masking = new MaskingOutput(secrets.masker(), out);
            for (int at = 0; at < bytes.length; ) {
                int n = Math.min(bytes.length - at, 1 + random.nextInt(40));
                masking.write(bytes, at, n);
                at += n;
            }
            masking.finish();
            byte[] result = out.toByteArray();
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (text.contains("aaaaaab")) {
                continue;
            }
            assertThat(result).as("round " + round).isEqualTo(bytes);
        }
    }

    @Test
    void holdsBackOnlyWhatMayBeASecret() throws IOException {
        secrets.add("A", "hunter2-and-more");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MaskingOutput masking = new MaskingOutput(secrets.masker(), out);
        masking.write("Password: hunt".getBytes(StandardCharsets.UTF_8));
        assertThat(out).hasToString("Password: ");
        masking.write("ing\n".getBytes(StandardCharsets.UTF_8));
        assertThat(out).hasToString("Password: hunting\n");
        byte[] colours = "\u001b[0m".repeat(1000).getBytes(StandardCharsets.UTF_8);
        masking.write('h');
        masking.write(colours);
        assertThat(out.size()).as("endless colours inside are not held for ever").isGreaterThan(4000);
    }

    @Test
    void mostOfASecretAtTheEndOfAStreamIsMaskedToo() throws IOException {
        secrets.add("A", "hunter2-and-more");
        assertThat(stream("say hunter2-and-mor".getBytes(StandardCharsets.UTF_8), 5, 9)).isEqualTo("say ***");
        assertThat(stream("say hunter".getBytes(StandardCharsets.UTF_8), 5, 9)).isEqualTo("say hunter");
        assertThat(secrets.masker().mask("role hunter2-and")).isEqualTo("role hunter2-and");
    }

    @Test
    void theLongestSecretWinsAndNeighboursAreMaskedEach() {
        secrets.add("A", "abcdef");
        secrets.add("B", "abcdefghij");
        assertThat(secrets.masker().mask("abcdefghij abcdefgh abcdefabcdef")).isEqualTo("*** ***gh ******");
    }

    @Test
    void aSecretAddedLaterIsKnownToTheSameMasker() {
        Masker masker = secrets.masker();
        assertThat(masker.mask("pass-word-1")).isEqualTo("pass-word-1");
        secrets.add("A", "pass-word-1".toCharArray());
        assertThat(masker.mask("pass-word-1")).isEqualTo("***");
        assertThat(Masker.none().mask("pass-word-1")).isEqualTo("pass-word-1");
    }

    @Test
    void aShortSecretIsRefusedForMaskingAndSaysSo() {
        Secrets.Added added = secrets.add("PIN", "12345");
        assertThat(added.masked()).isFalse();
        assertThat(added.characters()).isEqualTo(5);
        assertThat(added.explanation()).contains("5 characters", "at least 6").doesNotContain("12345");
        assertThat(secrets.masker().mask("row 12345")).isEqualTo("row 12345");
        assertThat(secrets.value("PIN")).contains("12345");
        assertThat(secrets.add("SIX", "123456").masked()).isTrue();
    }

    @Test
    void valuesAreNotShown() {
        secrets.add("DB_PASSWORD", "hunter2-and-more");
        assertThat(secrets.toString()).contains("DB_PASSWORD").doesNotContain("hunter2");
        assertThat(secrets.describe("DB_PASSWORD")).isEqualTo("(set, 16 characters)");
        assertThat(secrets.describe("OTHER")).isEqualTo("(not set)");
        assertThat(secrets.names()).containsExactly("DB_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGPASSWORD", "DB_PASSWORD", "SOURCE_DB_PASSWORD", "apiKey", "api_key", "client-secret",
        "GITHUB_TOKEN", "authToken", "passphrase", "privateKey", "AWS_SECRET_ACCESS_KEY", "dbPwd"})
    void soundsSecret(String name) {
        assertThat(SecretName.looksSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HOST", "VIEW_NAME", "PGPASSFILE", "PRIMARY_KEY", "key", "SECRET_NAME", "PASSENGERS",
        "compass", "TOKEN_TTL", "keyboard", "password_file"})
    void soundsHarmless(String name) {
        assertThat(SecretName.looksSecret(name)).isFalse();
    }
}
