package dev.stepmark.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block at the left margin of a document.
 *
 * @param place    document and line, for messages
 * @param language first word after the fence
 * @param argument second word, or empty
 * @param text     what is in it
 */
record Fence(String place, String language, String argument, String text) {

    private static final Pattern OPEN = Pattern.compile("(`{3,})(\\S*)\\s*(\\S*)\\s*");

    static List<Fence> of(Path document) throws IOException {
        List<String> lines = Files.readAllLines(document);
        List<Fence> out = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            Matcher open = OPEN.matcher(lines.get(at));
            if (open.matches()) {
                int end = at + 1;
                while (!lines.get(end).equals(open.group(1))) {
                    end++;
                }
                out.add(new Fence(document + ":" + (at + 1), open.group(2), open.group(3),
                        String.join("\n", lines.subList(at + 1, end)) + "\n"));
                at = end;
            }
            at++;
        }
        return out;
    }
}
