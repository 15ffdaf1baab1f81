package dev.stepmark.session.jdbc;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Errors of files in the words of the system, as psql prints them. */
final class FileErrors {

    private FileErrors() { }

    static String text(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : null;
        return reason == null ? String.valueOf(e.getMessage()) : reason;
    }
}
