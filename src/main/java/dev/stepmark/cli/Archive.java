package dev.stepmark.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The archive of classes that makes the next start quick. The launcher knows where it belongs and makes it; the program
 * only tells it to, at its end, where nobody waits for it.
 */
final class Archive {

    /** Set by the launcher when there can be an archive: its own path. */
    private static final String LAUNCHER = "stepmark.launcher";
    /** Set by the launcher: the archive that it gave to the JVM. */
    private static final String GIVEN = "stepmark.archive";
    /** Options from outside, which may be what keeps an archive from being taken. */
    private static final List<String> OPTIONS = List.of("STEPMARK_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS");

    private Archive() { }

    /**
     * Starts the making of an archive in the background, when there is none or the JVM did not take it: a file of the
     * program has another time. A failure costs the next start, no more.
     */
    static void makeIfNeeded(App app) {
        String launcher = System.getProperty(LAUNCHER, "");
        String given = System.getProperty(GIVEN, "");
        if (launcher.isEmpty() || !given.isEmpty() && System.getProperty("java.vm.info", "").contains("sharing")
                || app.inCi()) {
            return;
        }
        if (given.isEmpty()) {
            launch(launcher, "make");
        } else if (OPTIONS.stream().allMatch(o -> app.env().getOrDefault(o, "").isEmpty()) && old(given)) {
            launch(launcher, "again");
        }
    }

    /** One that was just made and is not taken would not be taken the next time either. */
    private static boolean old(String archive) {
        long modified = new File(archive).lastModified();
        return modified != 0 && System.currentTimeMillis() - modified > TimeUnit.HOURS.toMillis(1);
    }

    private static void launch(String launcher, String mode) {
        ProcessBuilder builder = new ProcessBuilder("nice", "-n", "19", launcher).redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().put("STEPMARK_ARCHIVE", mode);
        try {
            builder.start();
        } catch (IOException e) {
            return; // no nice, no shell, no processes left: the program works without an archive
        }
    }
}
