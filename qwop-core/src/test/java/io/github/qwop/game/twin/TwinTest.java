package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.random.RandomStream;
import java.lang.management.ManagementFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TwinTest {

    private static final int LONG = 2000;

    @Test
    void everyEpisodeBeginsAtTheSameStateWhateverWasPlayed() {
        Twin twin = new Twin();
        twin.reset();
        double[] first = state(twin);
        RandomStream random = RandomStream.of(1, "keys");
        for (int episode = 0; episode < 20; episode++) {
            for (int i = 0; i < 50; i++) {
                twin.step(random.nextInt(Keys.COMBINATIONS), 1 + random.nextInt(8));
            }
            twin.reset();
            assertThat(state(twin)).isEqualTo(first);
            assertThat(twin.gameEnded()).isFalse();
        }
    }

    @Test
    void aStepOfManyFramesIsManySteps() {
        Twin whole = new Twin();
        Twin parts = new Twin();
        whole.reset();
        parts.reset();
        RandomStream random = RandomStream.of(2, "keys");
        for (int i = 0; i < 300; i++) {
            int keys = random.nextInt(Keys.COMBINATIONS);
            int frames = 1 + random.nextInt(6);
            int played = whole.step(keys, frames);
            int sum = 0;
            for (int k = 0; k < frames; k++) {
                sum += parts.step(keys, 1);
            }
            assertThat(sum).isEqualTo(played);
            assertThat(state(parts)).isEqualTo(state(whole));
        }
        assertThat(whole.gameEnded()).as("such a runner falls sooner or later").isTrue();
    }

    @Test
    void framesAndResetsAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Twin twin = new Twin();
        int[] keys = RandomStream.of(3, "keys").ints(LONG, 0, Keys.COMBINATIONS).toArray();
        double[] bodies = new double[Game.BODY_VALUES];
        play(twin, keys, bodies);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long nothing = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        play(twin, keys, bodies);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated - nothing).as("bytes over %d frames", 4 * LONG).isZero();
    }

    private static void play(Twin twin, int[] keys, double[] bodies) {
        twin.reset();
        for (int mask : keys) {
            twin.step(mask, 4);
            twin.readBodies(bodies, 0);
            if (twin.gameEnded() || (twin.hurdleTouched() && twin.limbAsleep() && twin.hurdleAsleep())) {
                twin.reset();
            }
        }
    }

    @Test
    void theHurdleSleepsUntilItIsTouchedAndAgainWhenItLies() {
        Twin twin = new Twin();
        assertThat(twin.hurdleTouched()).isFalse();
        assertThat(twin.hurdleAsleep()).isTrue();

        twin.shift(500);
        twin.update(Keys.NONE);
        assertThat(twin.hurdleTouched()).isTrue();
        assertThat(twin.hurdleAsleep()).isFalse();

        twin.step(Keys.NONE, 999);
        assertThat(twin.hurdleTouched()).isFalse();
        assertThat(twin.hurdleAsleep()).isTrue();
    }

    @Test
    void aFallenRunnerFallsAsleep() {
        Twin twin = new Twin();
        twin.step(Keys.O, 60);
        assertThat(twin.fallen()).isTrue();
        assertThat(twin.limbAsleep()).isFalse();

        twin.step(Keys.NONE, 1000);
        assertThat(twin.limbAsleep()).isTrue();
    }

    @Property(tries = 20)
    void noKeysWhateverLeadOutOfTheWorld(@ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Twin twin = new Twin();
        twin.reset();
        RandomStream random = RandomStream.of(seed, "keys");
        for (int i = 0; i < 100; i++) {
            twin.step(random.nextInt(Keys.COMBINATIONS), 4);
            double[] state = state(twin);
            for (int part = 0; part < BodyPart.values().length; part++) {
                int at = part * BodyPart.VALUES;
                assertThat(state[at]).as("x").isBetween(-60.0, 1100.0);
                assertThat(state[at + 1]).as("y, above the track").isBetween(-60.0, 10.0);
            }
        }
        // The reset plays one frame too; the clock stands still once the runner has fallen.
        assertThat(twin.scoreTime()).isBetween(0.0, 401 / 30.0 + 1e-9);
    }

    @Test
    void keysAndFramesOutOfRangeAreRefused() {
        Twin twin = new Twin();
        assertThatThrownBy(() -> twin.step(16, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keys is 16")
                .hasMessageContaining("0 to 15");
        assertThatThrownBy(() -> twin.step(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frames is 0");
        assertThatThrownBy(() -> twin.resetFresh(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] state(Twin twin) {
        double[] bodies = new double[Game.BODY_VALUES + 2];
        twin.readBodies(bodies, 0);
        bodies[Game.BODY_VALUES] = twin.scoreTime();
        bodies[Game.BODY_VALUES + 1] = twin.score();
        return bodies;
    }
}
