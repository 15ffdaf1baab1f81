package dev.stepmark.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who runs the tool, where: what an auditor wants to know. */
final class Host {

    private Host() { }

    /** This machine's name; looking it up asks no name server where the kernel says it. */
    static String name() {
        try {
            Path kernel = Path.of("/proc/sys/kernel/hostname");
            return Files.isReadable(kernel) ? Files.readString(kernel).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    static Map<String, String> facts(App app) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("name", name());
        out.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        out.put("user", app.user());
        out.put("loginuid", read("/proc/self/loginuid"));
        out.put("sudo", app.env().getOrDefault("SUDO_USER", ""));
        out.put("tty", tty());
        out.put("ssh", app.env().getOrDefault("SSH_CONNECTION", ""));
        out.put("pid", Long.toString(ProcessHandle.current().pid()));
        out.put("java", System.getProperty("java.version"));
        return out;
    }

    private static String tty() {
        try {
            Path link = Path.of("/proc/self/fd/0");
            String target = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") ? target : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(String file) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            return text.equals("4294967295") ? "" : text;
        } catch (IOException e) {
            return "";
        }
    }
}
