package dev.stepmark.session;

import java.util.Map;

/**
 * What a session would send for a request now.
 *
 * @param text the request's text with everything filled in that the session fills in
 * @param with what was filled in: names as they stand in the text ({@code :table}), and their values
 */
public record Sent(String text, Map<String, String> with) {

    public Sent {
        with = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(with));
    }
}
