package dev.stepmark.session.psql;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** PostgreSQL's names of encodings, and the bytes of psql in UTF-8: all that is kept and shown is UTF-8. */
final class ClientEncoding {

    /** Those whose Java name is not the same without the underscore. */
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("UTF8", "UTF-8"),
            Map.entry("SQL_ASCII", "UTF-8"), Map.entry("LATIN1", "ISO-8859-1"), Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"), Map.entry("LATIN4", "ISO-8859-4"), Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"), Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("LATIN10", "ISO-8859-16"), Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"), Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"), Map.entry("KOI8R", "KOI8-R"), Map.entry("KOI8U", "KOI8-U"),
            Map.entry("WIN866", "IBM866"), Map.entry("WIN874", "x-windows-874"), Map.entry("SJIS", "windows-31j"),
            Map.entry("EUC_JP", "EUC-JP"), Map.entry("EUC_KR", "EUC-KR"), Map.entry("EUC_CN", "GB2312"),
            Map.entry("UHC", "x-windows-949"));

    private ClientEncoding() { }

    /** The charset of an encoding of PostgreSQL; UTF-8 where Java does not know it. */
    static Charset charset(String name) {
        String java = NAMES.getOrDefault(name, name.startsWith("WIN") ? "windows-" + name.substring(3) : name);
        try {
            return Charset.forName(java);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Hands bytes on in UTF-8, whatever they came in; characters may be cut between two calls. */
    static Exchange.Taker toUtf8(Charset charset, Exchange.Taker next) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return next;
        }
        CharsetDecoder decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ByteBuffer rest = ByteBuffer.allocate(16);
        return (buffer, offset, length) -> {
            ByteBuffer in = ByteBuffer.allocate(rest.position() + length);
            in.put(rest.flip()).put(buffer, offset, length).flip();
            CharBuffer chars = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, chars, false);
            rest.clear();
            rest.put(in);
            byte[] utf8 = chars.flip().toString().getBytes(StandardCharsets.UTF_8);
            next.take(utf8, 0, utf8.length);
        };
    }
}
