package dev.stepmark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The program's own version, written into the jar by the build. */
final class Version implements picocli.CommandLine.IVersionProvider {

    static final String NAME = "stepmark";

    static String number() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/dev/stepmark/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {NAME + " " + number()};
    }
}
