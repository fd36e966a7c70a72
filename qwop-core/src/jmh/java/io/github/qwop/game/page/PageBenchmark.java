package io.github.qwop.game.page;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How long a game takes to start, and to replay 1,500 frames of random keys: the twin, the open page and, where
 * {@code -Dqwop.genuine=<folder>} is given, the genuine page.
 */
public final class PageBenchmark {

    private static final String FOLDER_PROPERTY = "qwop.genuine";
    private static final int FRAMES = 1500;
    private static final int FRAMES_PER_STEP = 4;
    private static final double NANOS = 1e9;

    private PageBenchmark() {}

    /** Prints one line per game, and their ratios. */
    public static void main(String[] arguments) {
        double twin = measure("twin", Twin::new);
        // Once unmeasured: HotSpot has then compiled the interpreter for the first page as it has for the second.
        measure("open page, cold", OpenPageGame::new);
        double open = measure("open page", OpenPageGame::new);
        System.out.printf(Locale.ROOT, "twin / open page: %.0f times the frames per second%n", twin / open);
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        if (!folder.isEmpty()) {
            double genuine = measure("genuine page", () -> new GenuineGame(GenuineFolder.read(Path.of(folder)), Trigonometry.FDLIBM));
            System.out.printf(
                    Locale.ROOT, "open page / genuine page: %.2f times the frames per second%n", open / genuine);
        }
    }

    /** Frames per second of the whole replay but its start. */
    private static double measure(String name, Supplier<Game> opening) {
        long before = System.nanoTime();
        try (Game game = opening.get()) {
            game.reset();
            double start = (System.nanoTime() - before) / NANOS;
            RandomStream keys = RandomStream.of(1, "benchmark");
            long played = System.nanoTime();
            for (int frame = 0; frame < FRAMES; frame += FRAMES_PER_STEP) {
                game.step(keys.nextInt(Keys.COMBINATIONS), FRAMES_PER_STEP);
                if (game.gameEnded()) {
                    game.reset();
                }
            }
            double seconds = (System.nanoTime() - played) / NANOS;
            System.out.printf(
                    Locale.ROOT,
                    "%s: start %.2f s, %d frames in %.2f s, %.0f frames/s, %.2f s in all%n",
                    name, start, FRAMES, seconds, FRAMES / seconds, start + seconds);
            return FRAMES / seconds;
        }
    }
}
