package io.github.qwop.run;

import io.github.qwop.game.Game;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Episodes played side by side: each lane is a game with a thread of its own, and takes the next episode when it is
 * through with one. An episode begins with a reset, so that what comes of it does not depend on the number of lanes.
 */
public final class Lanes {

    /** As many pages as are opened at once unless more are asked for: each takes some 200 MB. */
    private static final int USUAL = 8;

    private static final int MOST = 256;

    /** Opening a page takes as long as playing a short episode. */
    private static final int LEAST_EPISODES = 2;

    /** How often it is told how far they are. */
    private static final int REMARKS = 10;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_MINUTE = 60;

    private Lanes() {}

    /** The number of processes that fits this machine. */
    public static int usual() {
        return Math.min(USUAL, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Checks the setting {@code processes}.
     *
     * @throws IllegalArgumentException if there cannot be so many
     */
    public static void check(int processes) {
        if (processes < 1 || processes > MOST) {
            throw new IllegalArgumentException("processes is " + processes + ": give 1 to " + MOST
                    + ", at most one for each processor, of which this machine has "
                    + Runtime.getRuntime().availableProcessors() + ".");
        }
    }

    /** How many of some processes are worth their start. */
    public static int count(int processes, int episodes) {
        return Math.max(1, Math.min(processes, episodes / LEAST_EPISODES));
    }

    /**
     * Plays episodes.
     *
     * @param episodes what tells each of them
     * @param lanes how many are played at once, at least 1
     * @param games opens a lane's game, which is closed with it
     * @param players makes what plays on a game; the first of them to fail ends all
     * @param listener hears how far they are, if they are many
     * @return what came of each, in their order
     */
    public static <T, R> List<R> play(
            List<T> episodes,
            int lanes,
            Supplier<? extends Game> games,
            Function<Game, Function<T, R>> players,
            RunListener listener) {
        AtomicInteger next = new AtomicInteger();
        SortedMap<Integer, R> results = new TreeMap<>();
        long begin = System.nanoTime();
        Callable<Void> lane = () -> {
            try (Game game = games.get()) {
                Function<T, R> player = players.apply(game);
                for (int i = next.getAndIncrement(); i < episodes.size(); i = next.getAndIncrement()) {
                    R result = player.apply(episodes.get(i));
                    synchronized (results) {
                        results.put(i, result);
                        remark(results.size(), episodes.size(), begin, listener);
                    }
                }
            } catch (RuntimeException | Error e) {
                next.set(episodes.size());
                throw e;
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            for (Future<Void> one : threads.invokeAll(Collections.nCopies(lanes, lane))) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The episodes were interrupted.", e);
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(results.values());
    }

    private static void remark(int done, int all, long begin, RunListener listener) {
        if (all >= REMARKS && done < all && done * REMARKS / all > (done - 1) * REMARKS / all) {
            double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            listener.info(String.format(
                    Locale.ROOT, "%d of %d episodes; about %s left.", done, all, time(seconds / done * (all - done))));
        }
    }

    /** A duration in words. */
    public static String time(double seconds) {
        return seconds < 2 * SECONDS_PER_MINUTE
                ? String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds))
                : String.format(Locale.ROOT, "%.0f min", seconds / SECONDS_PER_MINUTE);
    }
}
