package io.github.qwop.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for short pieces of work that do not depend on each other. Who does which piece is left open, so that
 * each must write to places of its own; then the outcome does not depend on the number of threads. Pieces may be as
 * short as some tens of microseconds: a worker that has nothing to do looks for more for a while before it sleeps.
 */
public final class Workers implements AutoCloseable {

    /** How many threads there may be. */
    public static final int MOST = 256;

    /** How often a thread looks before it sleeps: some milliseconds, because to wake it takes a tenth of one. */
    private static final int LOOKS = 50_000;

    private static final long PAUSE_NANOS = 20_000;
    private static final int MOST_USUAL = 8;

    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Job job;
    private volatile boolean closed;

    /** Pieces of one kind, and how many of them are taken and done. */
    private static final class Job {

        private final int count;
        private final IntConsumer piece;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Job(int count, IntConsumer piece) {
            this.count = count;
            this.piece = piece;
        }

        /** Does pieces until none is left. */
        void work() {
            for (int i = taken.getAndIncrement(); i < count; i = taken.getAndIncrement()) {
                try {
                    piece.accept(i);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        boolean isTaken() {
            return taken.get() >= count;
        }

        boolean isDone() {
            return done.get() >= count;
        }
    }

    /**
     * Threads for work.
     *
     * @param count how many work at once, the caller of {@link #run} among them; at least 1
     */
    public Workers(int count) {
        check(count);
        for (int i = 1; i < count; i++) {
            Thread thread = new Thread(this::serve, "qwop-worker-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** As many as this machine has processors, at most 8: the pieces here are too small for more. */
    public static int usual() {
        return Math.min(MOST_USUAL, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Checks a number of threads.
     *
     * @throws IllegalArgumentException if it is none; the message is for the user
     */
    public static void check(int threads) {
        if (threads < 1 || threads > MOST) {
            throw new IllegalArgumentException("threads is " + threads + ": give 1 to " + MOST
                    + "; as many as there are processors is usual, and the outcome does not depend on it.");
        }
    }

    /** The caller alone. */
    public static Workers one() {
        return new Workers(1);
    }

    /** How many work at once. */
    public int count() {
        return threads.size() + 1;
    }

    /**
     * Does pieces of work, and returns when all are done.
     *
     * @param count how many there are
     * @param piece does the piece of a number from 0 on; one that throws leaves the others to be done, and what it
     *     threw is thrown here
     */
    public void run(int count, IntConsumer piece) {
        if (threads.isEmpty() || count < 2) {
            for (int i = 0; i < count; i++) {
                piece.accept(i);
            }
            return;
        }
        Job now = new Job(count, piece);
        job = now;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        now.work();
        for (int looks = 0; !now.isDone(); looks++) {
            if (looks < LOOKS) {
                Thread.onSpinWait();
            } else {
                // The others may not have a core now: leave them this one.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        job = null;
        Throwable failure = now.failure;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void serve() {
        int looks = 0;
        while (!closed) {
            Job now = job;
            if (now != null && !now.isTaken()) {
                now.work();
                looks = 0;
            } else if (looks++ < LOOKS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                looks = 0;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
    }
}
