package dev.stepmark.session.bash;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The processes that belong to one shell: those with its cookie in their environment, wherever they went by double
 * fork, setsid or nohup, and those of its terminal session. Without /proc: its descendants.
 */
final class ProcessTable {

    /** Kernel clock ticks per second in /proc (USER_HZ, 100 on every Linux). */
    private static final int TICKS = 100;

    private final byte[] cookie;
    private final long shell;
    private final Path kernel;
    private final boolean proc;

    /**
     * A process.
     *
     * @param pid  its id
     * @param name its command name, for people
     */
    record Member(long pid, String name) {
        @Override
        public String toString() {
            return "pid " + pid + " " + name;
        }
    }

    ProcessTable(String cookie, long shell, Path kernel) {
        this.cookie = cookie.getBytes(StandardCharsets.US_ASCII);
        this.shell = shell;
        this.kernel = kernel;
        this.proc = Files.isReadable(kernel.resolve("self/environ"));
    }

    /** The present in the clock of {@link #members}: ticks since the start of the machine. */
    long now() {
        if (!proc) {
            return 0;
        }
        try (FileInputStream in = new FileInputStream(kernel.resolve("uptime").toFile())) {
            byte[] buffer = new byte[64];
            String uptime = new String(buffer, 0, Math.max(0, in.read(buffer)), StandardCharsets.US_ASCII);
            return (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * TICKS);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /** The living members apart from the shell itself that were started at this tick or later. */
    List<Member> members(long since) {
        List<Member> members = new ArrayList<>();
        if (!proc) {
            ProcessHandle.of(shell).ifPresent(handle -> handle.descendants().forEach(child -> members.add(
                    new Member(child.pid(), child.info().command().orElse("")))));
            return members;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(kernel, "[0-9]*")) {
            for (Path directory : all) {
                member(directory, since, members);
            }
        } catch (IOException | RuntimeException e) {
            // A listing that breaks off: the next sweep sees the rest.
        }
        return members;
    }

    /** Sends TERM, or KILL, to these. */
    static void signal(List<Member> members, boolean force) {
        Consumer<ProcessHandle> send = force ? ProcessHandle::destroyForcibly : ProcessHandle::destroy;
        members.forEach(member -> ProcessHandle.of(member.pid()).ifPresent(send));
    }

    private void member(Path directory, long since, List<Member> members) {
        try {
            String stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
            int close = stat.lastIndexOf(')');
            // Fields after the name: state ppid pgrp session tty_nr ... starttime is the 20th (proc(5)).
            String[] fields = stat.substring(close + 2).split(" ");
            long pid = Long.parseLong(directory.getFileName().toString());
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            if (!dead && pid != shell && Long.parseLong(fields[19]) >= since
                    && (Long.parseLong(fields[3]) == shell || hasCookie(directory))) {
                members.add(new Member(pid, stat.substring(stat.indexOf('(') + 1, close)));
            }
        } catch (IOException | RuntimeException e) {
            // It is gone, or another user's: neither can be a member that we can end.
        }
    }

    private boolean hasCookie(Path directory) throws IOException {
        byte[] environment = Files.readAllBytes(directory.resolve("environ"));
        for (int at = 0; at + cookie.length <= environment.length; at++) {
            if (java.util.Arrays.equals(environment, at, at + cookie.length, cookie, 0, cookie.length)) {
                return true;
            }
        }
        return false;
    }
}
