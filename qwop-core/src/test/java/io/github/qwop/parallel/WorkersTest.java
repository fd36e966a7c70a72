package io.github.qwop.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyPieceIsDoneOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThat(workers.count()).isEqualTo(threads);
            for (int count : new int[] {0, 1, 2, 1000}) {
                AtomicIntegerArray done = new AtomicIntegerArray(count);
                workers.run(count, done::incrementAndGet);
                for (int i = 0; i < count; i++) {
                    assertThat(done.get(i)).as("piece %d of %d", i, count).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void severalWorkAtOnce() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch together = new CountDownLatch(3);
        try (Workers workers = new Workers(3)) {
            workers.run(3, i -> {
                seen.add(Thread.currentThread());
                together.countDown();
                try {
                    assertThat(together.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(seen).hasSize(3).contains(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatAPieceThrowsReachesTheCallerAndTheWorkersLive(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThatThrownBy(() -> workers.run(50, i -> {
                        if (i == 7) {
                            throw new IllegalStateException("piece 7");
                        }
                    }))
                    .hasMessage("piece 7");
            AtomicIntegerArray done = new AtomicIntegerArray(1);
            workers.run(20, i -> done.incrementAndGet(0));
            assertThat(done.get(0)).isEqualTo(20);
        }
    }

    @Test
    void refusesWhatIsNoNumberOfThreads() {
        assertThatThrownBy(() -> new Workers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("threads is 0: give 1 to 256;");
    }
}
