package io.github.qwop.search;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Some threads with a lane each. What a job gives is written by its number, so that it does not matter who did it. */
final class Crew implements AutoCloseable {

    /** Something to do. */
    interface Job {
        void run(Lane lane, int number);
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final Workers workers;

    Crew(int size, Trigonometry trigonometry, Objective objective, Prior prior) {
        for (int i = 0; i < size; i++) {
            lanes.add(new Lane(trigonometry, objective, prior));
        }
        workers = new Workers(size);
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
        workers.run(lanes.size(), worker -> {
            Lane lane = lanes.get(worker);
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                job.run(lane, number);
            }
        });
    }

    @Override
    public void close() {
        workers.close();
    }
}
