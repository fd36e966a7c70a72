package io.github.qwop.game.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the open page. Together in one folder, or served from one, they are the whole game. */
public final class OpenPage {

    /** The file to open for a game to play. */
    public static final String INDEX = "index.html";

    /** The file to open for a game to watch: it needs a {@link PageServer}. */
    public static final String WATCH = "watch.html";

    /** The script that says whom the player races; whoever serves the page may put another in its place. */
    static final String RACE = "race.js";

    /** All files, by name. */
    public static final List<String> FILES = List.of(
            INDEX,
            WATCH,
            "page.css",
            "icon.svg",
            "kernel.js",
            "view.js",
            "panel.js",
            "ghost.js",
            RACE,
            "page.js",
            "sine.js",
            "watch.js");

    private OpenPage() {}

    /**
     * The bytes of a file.
     *
     * @param name one of {@link #FILES}
     */
    public static byte[] read(String name) {
        try (InputStream in = OpenPage.class.getResourceAsStream(name)) {
            if (!FILES.contains(name) || in == null) {
                throw new IllegalArgumentException("The open page has no file " + name + ": it has " + FILES + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The media type of a file.
     *
     * @param name one of {@link #FILES}
     */
    public static String contentType(String name) {
        String kind = name.substring(name.lastIndexOf('.') + 1);
        return switch (kind) {
            case "svg" -> "image/svg+xml";
            case "js" -> "text/javascript; charset=UTF-8";
            default -> "text/" + kind + "; charset=UTF-8";
        };
    }

    /**
     * Writes all files into a folder.
     *
     * @param folder an existing folder
     * @throws IOException if a file cannot be written
     */
    public static void writeTo(Path folder) throws IOException {
        for (String name : FILES) {
            Files.write(folder.resolve(name), read(name));
        }
    }
}
