package io.github.qwop.game.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real browser on this machine; tests look for one with {@code -Pbrowser}. */
public final class Chromium {

    /** A browser's path, or {@value #ON_THE_PATH}. */
    private static final String PROPERTY = "qwop.browser";

    private static final String ON_THE_PATH = "path";

    /** What it may be called. */
    public static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Chromium() {}

    /**
     * The browser that tests are to use; where there is none, the reason is printed.
     *
     * @param test whose tests are then skipped
     */
    public static Optional<Path> asked(String test) {
        String given = System.getProperty(PROPERTY);
        if (given == null) {
            System.out.println(
                    test + " is skipped: run it with -Pbrowser, which looks for a Chromium on the PATH, or with" + " -D"
                            + PROPERTY + "=<path of a Chromium>.");
            return Optional.empty();
        }
        Optional<Path> browser = ON_THE_PATH.equals(given) ? onThePath() : Optional.of(Path.of(given));
        if (browser.isEmpty()) {
            System.out.println(test + " is skipped: none of " + NAMES
                    + " is on the PATH; install Chromium or name it with -D" + PROPERTY + "=<path>.");
        }
        return browser;
    }

    /** The first that is on the PATH. */
    public static Optional<Path> onThePath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one without a window.
     *
     * @param profile a folder that it may fill
     */
    public static ProcessBuilder headless(Path browser, Path profile) {
        return new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--user-data-dir=" + profile)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
