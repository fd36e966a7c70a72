package io.github.qwop.search;

import io.github.qwop.game.Trigonometry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Some threads with a lane each. What a job gives is written by its number, so that it does not matter who did it. */
final class Crew implements AutoCloseable {

    /** Something to do. */
    interface Job {
        void run(Lane lane, int number);
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final ExecutorService threads;

    Crew(int size, Trigonometry trigonometry, Objective objective, Prior prior) {
        for (int i = 0; i < size; i++) {
            lanes.add(new Lane(trigonometry, objective, prior));
        }
        threads = Executors.newFixedThreadPool(size, work -> {
            Thread thread = new Thread(work, "qwop-search");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The lane of whoever asks, while no job runs. */
    Lane first() {
        return lanes.get(0);
    }

    /** Updates that all lanes have played since this was last asked. */
    long takePlayed() {
        return lanes.stream().mapToLong(Lane::takePlayed).sum();
    }

    /** Does jobs 0 to count − 1 and waits for the last. */
    void each(int count, Job job) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (Lane lane : lanes) {
            running.add(threads.submit(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    job.run(lane, number);
                }
            }));
        }
        boolean interrupted = false;
        for (Future<?> one : running) {
            while (true) {
                try {
                    one.get();
                    break;
                } catch (InterruptedException e) {
                    // The lanes are still at work on this level's arrays; the caller hears of it when they are done.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A search's thread failed: " + e.getCause(), e);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
