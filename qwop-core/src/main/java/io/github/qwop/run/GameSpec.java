package io.github.qwop.run;

import io.github.qwop.game.Game;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.GenuineFolder;
import io.github.qwop.game.page.GenuineGame;
import io.github.qwop.game.page.OpenPageGame;
import io.github.qwop.game.page.PageProcess;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which implementation of the game is played.
 *
 * @param kind the implementation
 * @param genuine folder with the genuine game's files, which the user supplies; null for none
 * @param trigonometry whose sine and cosine it is played with
 */
public record GameSpec(Kind kind, @Nullable String genuine, Trigonometry trigonometry) {

    /** The implementations: they agree bit for bit, and differ in speed and in whom they convince. */
    public enum Kind {
        /** The kernel in Java. */
        TWIN,
        /** The open page in a headless browser. */
        PAGE,
        /** The genuine game's script in a headless browser. */
        GENUINE;

        /** What the game is called in a sentence. */
        public String title() {
            return this == TWIN ? "the twin" : this == PAGE ? "the open page" : "the genuine page";
        }
    }

    /** Checks that the genuine game's folder is given where it is needed. */
    public GameSpec {
        if (kind == Kind.GENUINE && genuine == null) {
            throw new SettingException("game is genuine and no folder is given: set genuine to a folder with "
                    + GenuineFolder.SCRIPT + " and " + GenuineFolder.BUNDLE + ", which you must supply yourself.");
        }
    }

    /** The kind's name as in a POM. */
    public String text() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens the game: at once for the twin, some seconds for a page.
     *
     * @throws io.github.qwop.game.page.PageException if the genuine game's files are missing or unknown
     */
    public Game open() {
        return switch (kind) {
            case TWIN -> new Twin(trigonometry);
            case PAGE -> new OpenPageGame(trigonometry);
            case GENUINE -> new GenuineGame(GenuineFolder.read(Path.of(String.valueOf(genuine))), trigonometry);
        };
    }

    /**
     * Opens games that are played side by side: of several pages, each is in a process of its own.
     *
     * @param lanes how many there will be
     * @return opens one of them, and fails as {@link #open} does
     */
    public Supplier<Game> opener(int lanes) {
        return switch (kind) {
            case TWIN -> this::open;
            case PAGE -> lanes == 1 ? this::open : () -> new PageProcess(trigonometry, null);
            case GENUINE ->
                lanes == 1 ? this::open : () -> new PageProcess(trigonometry, Path.of(String.valueOf(genuine)));
        };
    }

    /** Updates that one such game plays in a second on a usual machine, roughly. */
    public double updatesPerSecond() {
        return switch (kind) {
            case TWIN -> 300_000;
            case PAGE -> 240;
            case GENUINE -> 165;
        };
    }
}
