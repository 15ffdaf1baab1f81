package dev.stepmark.journal;

import dev.stepmark.message.ExitCode;
import dev.stepmark.message.Message;
import dev.stepmark.message.StepmarkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What people are told when the record fails. */
final class JournalErrors {

    private JournalErrors() { }

    /** The directory of the runs, or a run's directory, cannot be made. */
    static StepmarkException cannotCreate(Path directory, IOException cause) {
        return journal("the log cannot be written: " + reason(directory, cause),
                "What is not recorded is not run: no step was started.",
                "another place for the log: --journal DIR");
    }

    /** A record could not be made durable. */
    static StepmarkException cannotAppend(Path runDirectory, IOException cause) {
        return journal("the log cannot be written: " + reason(runDirectory, cause),
                "What is not recorded is not run: nothing further is started. What was recorded before is safe.",
                way(cause) + "stepmark run the same file again: it goes on with run "
                        + new RunDirectory(runDirectory).shortId());
    }

    /** What an execution printed could not be kept. */
    static StepmarkException cannotKeep(Path runDirectory, IOException cause) {
        return journal("the log cannot be written: " + reason(runDirectory, cause),
                "The output is recorded in part only. Nothing further is started.", way(cause)
                        + "stepmark run the same file again: it goes on with run "
                        + new RunDirectory(runDirectory).shortId());
    }

    private static String way(IOException cause) {
        return noSpace(cause) ? "free some space, then " : "mend the cause, then ";
    }

    static StepmarkException journal(String what, String meaning, String tryThis) {
        return new StepmarkException(ExitCode.JOURNAL, Message.of(what, meaning, tryThis));
    }

    /** A file of the record cannot be read. */
    static StepmarkException cannotRead(Path file, IOException cause) {
        return new StepmarkException(ExitCode.USAGE, new Message("cannot read " + home(file) + ": "
                + plain(cause), List.of(), List.of(), List.of("stepmark runs")));
    }

    private static String reason(Path place, IOException cause) {
        if (noSpace(cause)) {
            return "no space left on " + home(place) + " (" + free(place) + " free)";
        }
        if (cause instanceof AccessDeniedException || lower(cause).contains("permission denied")) {
            return "no permission to write in " + home(place) + owner(place);
        }
        if (lower(cause).contains("read-only file system")) {
            return home(place) + " is on a read-only file system";
        }
        if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException
                || lower(cause).contains("not a directory")) {
            return home(place) + " is not a directory";
        }
        if (cause instanceof NoSuchFileException || lower(cause).contains("no such file")) {
            return home(place) + " is gone: somebody removed it, or the disk it was on";
        }
        return plain(cause) + " (" + home(place) + ")";
    }

    /** Who could write there: after a run with sudo it is root. */
    private static String owner(Path place) {
        Path existing = existing(place);
        try {
            return existing == null ? "" : " (" + (existing.equals(place.toAbsolutePath()) ? "it" : home(existing))
                    + " belongs to " + Files.getOwner(existing).getName() + ")";
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static Path existing(Path place) {
        Path existing = place.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static boolean noSpace(IOException cause) {
        return lower(cause).contains("no space left") || lower(cause).contains("quota exceeded");
    }

    private static String lower(IOException cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }

    static String plain(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "no permission";
        }
        if (cause instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        // FileInputStream says "PATH (No such file or directory)"
        if (cause instanceof FileNotFoundException && lower(cause).endsWith("(no such file or directory)")) {
            return "there is no such file";
        }
        if (cause instanceof FileNotFoundException && lower(cause).endsWith("(permission denied)")) {
            return "no permission";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String free(Path place) {
        try {
            Path existing = existing(place);
            return existing == null ? "0 B" : size(Files.getFileStore(existing).getUsableSpace());
        } catch (IOException e) {
            return "an unknown number of bytes";
        }
    }

    /** {@code 512 B}, {@code 1.7 MiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "B";
        for (String next : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }

    /** A path for people: the home directory is {@code ~}. */
    static String home(Path path) {
        String home = System.getProperty("user.home", "");
        String text = path.toString();
        return !home.isEmpty() && text.startsWith(home + "/") ? "~" + text.substring(home.length()) : text;
    }
}
