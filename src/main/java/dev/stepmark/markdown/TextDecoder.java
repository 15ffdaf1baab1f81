package dev.stepmark.markdown;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bytes in, lines out; refuses what is no text. */
final class TextDecoder {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextDecoder() {
    }

    static Source decode(String path, byte[] bytes) {
        if (bytes.length > DocumentReader.MAX_BYTES) {
            throw tooLarge(path, bytes.length);
        }
        refuseBinary(path, bytes);
        String text = utf8(path, bytes);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        if (text.isBlank()) {
            throw refuse(path + " is empty", "There is nothing to run in it.",
                    "a Markdown file with steps; stepmark list shows those in a directory");
        }
        return new Source(path, lines(text));
    }

    static StepmarkException tooLarge(String path, long size) {
        return refuse(path + " is too large for a runbook: " + megabytes(size), "The limit is "
                + megabytes(DocumentReader.MAX_BYTES) + ". The file was not read.",
                "split it into several runbooks, and keep data in files of their own");
    }

    static StepmarkException refuse(String what, String meaning, String tryThis) {
        return new StepmarkException(ExitCode.USAGE, Message.of(what, meaning, tryThis));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024.0));
    }

    private static void refuseBinary(String path, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw refuse(path + " is a binary file: byte " + String.format("%,d", i) + " is NUL",
                        "A runbook is Markdown text in UTF-8. Nothing was run.",
                        "the Markdown source; UTF-16 text can be converted: iconv -f UTF-16 -t UTF-8 " + path);
            }
        }
    }

    private static String utf8(String path, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw notUtf8(path, bytes, in.position());
        }
        return out.flip().toString();
    }

    private static StepmarkException notUtf8(String path, byte[] bytes, int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        String what = String.format(Locale.ROOT, "%s:%d: not UTF-8: byte 0x%02X at offset %,d, column %,d of the line",
                path, line, bytes[offset] & 0xFF, offset, offset - start + 1);
        return refuse(what, "A character that is read wrongly could change a command, so nothing was run.",
                "iconv -f WINDOWS-1252 -t UTF-8 " + path + " > converted.md");
    }

    /** Splits at LF, CR LF and lone CR, as CommonMark does. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(start, i));
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
