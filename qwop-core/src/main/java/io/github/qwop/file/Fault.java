package io.github.qwop.file;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a file as people say it: an exception's own text is often a path alone, or nothing. */
public final class Fault {

    /** What a file is called before it is moved to its place. */
    private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f-]{36}\\.part$");

    private Fault() {}

    /** A sentence's part, such as {@code there is no /data/run}; without the name of a class. */
    public static String of(Throwable e) {
        if (e instanceof FileSystemException file) {
            return of(file);
        }
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        if (e instanceof ReadOnlyFileSystemException) {
            return "it lies where nothing can be written";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? "it is damaged" : withoutEnd(message);
    }

    private static String of(FileSystemException e) {
        String place = place(e.getFile());
        if (e instanceof NoSuchFileException) {
            return "there is no " + place;
        }
        if (e instanceof AccessDeniedException) {
            return "this user may not use " + place;
        }
        if (e instanceof FileAlreadyExistsException) {
            return place + " is in the way: it is there already and of another kind";
        }
        if (e instanceof NotDirectoryException) {
            return place + " is no folder";
        }
        String reason = e.getReason();
        return reason == null || reason.isBlank() ? place + " cannot be used" : place + ": " + withoutEnd(reason);
    }

    private static String place(@Nullable String file) {
        return file == null ? "the file" : TEMPORARY.matcher(file).replaceFirst("");
    }

    /** What follows ends the sentence. */
    private static String withoutEnd(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
