package dev.stepmark.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;

/**
 * The archive of classes that makes the next start quick. The launcher knows where it belongs and makes it; the program
 * only tells it to, at its end, where nobody waits for it.
 */
final class Archive {

    /** Set by the launcher when it found no archive: its own path. */
    private static final String LAUNCHER = "stepmark.launcher";

    private Archive() { }

    /** Starts the making of an archive in the background, when there is none. A failure costs the next start, no more. */
    static void makeIfMissing(Map<String, String> env) {
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty() || !env.getOrDefault("CI", "").isEmpty()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder("nice", "-n", "19", launcher).redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().put("STEPMARK_ARCHIVE", "make");
        try {
            builder.start();
        } catch (IOException e) {
            return; // no nice, no shell, no processes left: the program works without an archive
        }
    }
}
