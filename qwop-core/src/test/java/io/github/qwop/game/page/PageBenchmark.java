package io.github.qwop.game.page;

import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * How long a game takes to start, and to replay 1,500 frames of random keys: the twin, the open page and, where a
 * folder is given, the genuine page. Run it after {@code mvn test-compile}:
 *
 * <pre>{@code
 * mvn -q -pl qwop-core exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *     -Dexec.args="-cp %classpath io.github.qwop.game.page.PageBenchmark <folder of the genuine game>"
 * }</pre>
 */
final class PageBenchmark {

    private static final int FRAMES = 1500;
    private static final int FRAMES_PER_STEP = 4;
    private static final double NANOS = 1e9;

    private PageBenchmark() {}

    /**
     * Prints one line per game.
     *
     * @param args the folder of the genuine game, or nothing
     */
    public static void main(String[] args) {
        double twin = measure("twin", Twin::new);
        double open = measure("open page", OpenPageGame::new);
        System.out.printf("twin / open page: %.0f times the frames per second%n", twin / open);
        if (args.length > 0) {
            double genuine = measure("genuine page", () -> new GenuineGame(GenuineFolder.read(Path.of(args[0]))));
            System.out.printf("open page / genuine page: %.2f times the frames per second%n", open / genuine);
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
                game.step(keys.nextInt(16), FRAMES_PER_STEP);
                if (game.gameEnded()) {
                    game.reset();
                }
            }
            double seconds = (System.nanoTime() - played) / NANOS;
            System.out.printf(
                    "%s: start %.2f s, %d frames in %.2f s, %.0f frames/s, %.2f s in all%n",
                    name, start, FRAMES, seconds, FRAMES / seconds, start + seconds);
            return FRAMES / seconds;
        }
    }
}
