package io.github.qwop.learn.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** One environment whose observation is the time, so that every sample can be told at sight. */
class ReplayTest {

    private static final double GAMMA = 0.5;

    private final ReplayBuffer.Sample sample = new ReplayBuffer.Sample();
    private final FloatBuffer observation = FloatBuffer.allocate(1);
    private final FloatBuffer next = FloatBuffer.allocate(1);

    /** Step t earns t; the observation before it is t, the one after it t + 1, the last of an episode −t. */
    private static void add(ReplayBuffer buffer, int t, boolean terminated, boolean truncated) {
        buffer.add(
                new float[] {t},
                new int[] {t % 5},
                new float[] {t},
                new boolean[] {terminated},
                new boolean[] {truncated},
                new float[] {t + 1},
                new float[] {-t});
    }

    private void read(ReplayBuffer buffer, int age, int nStep) {
        buffer.read(buffer.slot(age, 0), nStep, GAMMA, sample, observation, 0, next, 0);
    }

    @Test
    void sumsRewardsOverNSteps() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1, 1);
        for (int t = 0; t < 6; t++) {
            add(buffer, t, false, false);
        }
        read(buffer, 1, 3);
        assertThat(observation.get(0)).isEqualTo(1);
        assertThat(sample.action).isEqualTo(1);
        assertThat(sample.reward).isEqualTo(1 + 0.5f * 2 + 0.25f * 3);
        assertThat(sample.discount).isEqualTo(0.125f);
        assertThat(next.get(0)).isEqualTo(4);
        read(buffer, 5, 3);
        assertThat(sample.reward).as("the newest has only one step").isEqualTo(5);
        assertThat(sample.discount).isEqualTo(0.5f);
        assertThat(next.get(0)).isEqualTo(6);
    }

    /** Two environments, the second's numbers ten times the first's: after a ring's end nothing older is read. */
    @Test
    void noEnvironmentReadsOverItsNewestStep() {
        ReplayBuffer buffer = new ReplayBuffer(6, 2, 1);
        for (int t = 0; t < 9; t++) {
            buffer.add(
                    new float[] {t, 10 * t},
                    new int[] {0, 1},
                    new float[] {t, 10 * t},
                    new boolean[2],
                    new boolean[2],
                    new float[] {t + 1, 10 * (t + 1)},
                    new float[2]);
        }
        for (int env = 0; env < 2; env++) {
            int unit = env == 0 ? 1 : 10;
            buffer.read(buffer.slot(1, env), 3, GAMMA, sample, observation, 0, next, 0);
            assertThat(observation.get(0)).isEqualTo(7 * unit);
            assertThat(sample.reward).isEqualTo(7 * unit + 0.5f * 8 * unit);
            assertThat(sample.discount).isEqualTo(0.25f);
            assertThat(next.get(0)).isEqualTo(9 * unit);
            assertThat(sample.action).isEqualTo(env);
        }
    }

    @Test
    void aTerminationEndsTheSumAndTheBootstrap() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1, 1);
        for (int t = 0; t < 6; t++) {
            add(buffer, t, t == 2, false);
        }
        read(buffer, 1, 3);
        assertThat(sample.reward).isEqualTo(1 + 0.5f * 2);
        assertThat(sample.discount).isZero();
    }

    @Test
    void aTruncationEndsTheSumAndBootstrapsFromTheLastObservation() {
        ReplayBuffer buffer = new ReplayBuffer(10, 1, 1);
        for (int t = 0; t < 6; t++) {
            add(buffer, t, false, t == 2);
        }
        read(buffer, 1, 3);
        assertThat(sample.reward).isEqualTo(1 + 0.5f * 2);
        assertThat(sample.discount).isEqualTo(0.25f);
        assertThat(next.get(0)).isEqualTo(-2);
    }

    @Test
    void theOldestRowGoesWhenTheRingIsFull() throws IOException {
        ReplayBuffer buffer = new ReplayBuffer(5, 1, 1);
        for (int t = 0; t < 23; t++) {
            add(buffer, t, false, t % 4 == 0);
            assertThat(buffer.usableRows()).isEqualTo(Math.min(t + 1, 5));
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        buffer.save(new DataOutputStream(saved));
        ReplayBuffer restored = new ReplayBuffer(5, 1, 1);
        restored.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        for (ReplayBuffer each : new ReplayBuffer[] {buffer, restored}) {
            for (int age = 0; age < 5; age++) {
                int t = 18 + age;
                read(each, age, 1);
                assertThat(observation.get(0)).isEqualTo(t);
                assertThat(sample.reward).isEqualTo(t);
                assertThat(next.get(0)).isEqualTo(t % 4 == 0 ? -t : t + 1);
                assertThat(sample.discount).isEqualTo(0.5f);
            }
        }
    }

    @Test
    void prioritiesAreDrawnInProportion() throws IOException {
        Priorities priorities = new Priorities(6, 1);
        double[] errors = {1, 2, 3, 0, 4, 0};
        for (int slot = 0; slot < errors.length; slot++) {
            priorities.update(slot, errors[slot]);
        }
        priorities.forget(3);
        priorities.forget(5);
        int draws = 100_000;
        int[] counts = new int[6];
        RandomStream random = RandomStream.of(1, "draws");
        for (int i = 0; i < draws; i++) {
            counts[priorities.draw(random, 0, 1)]++;
        }
        assertThat(counts[3] + counts[5]).isZero();
        for (int slot = 0; slot < errors.length; slot++) {
            assertThat((double) counts[slot] / draws).isCloseTo(errors[slot] / 10, within(0.01));
        }
        assertThat(priorities.priority(4) / priorities.total()).isCloseTo(0.4, within(1e-5));

        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        priorities.save(new DataOutputStream(saved));
        Priorities restored = new Priorities(6, 1);
        restored.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        RandomStream same = RandomStream.of(2, "draws");
        RandomStream again = RandomStream.of(2, "draws");
        for (int i = 0; i < 1000; i++) {
            assertThat(restored.draw(again, i % 3, 3)).isEqualTo(priorities.draw(same, i % 3, 3));
        }
    }

    /** Of two slots that have a half each, four draws take each twice, which draws from the whole do 3 times in 8. */
    @Test
    void everyRangeOfThePrioritiesIsDrawnFromOnce() {
        Priorities priorities = new Priorities(4, 1);
        priorities.addNew(1);
        priorities.addNew(2);
        RandomStream random = RandomStream.of(3, "draws");
        for (int round = 0; round < 100; round++) {
            int[] drawn = new int[4];
            for (int range = 0; range < drawn.length; range++) {
                drawn[range] = priorities.draw(random, range, drawn.length);
            }
            assertThat(drawn).containsExactly(1, 1, 2, 2);
        }
    }

    @Test
    void errorsOfARuinedNetworkAreForgotten() {
        Priorities priorities = new Priorities(4, 1);
        priorities.update(0, 1e30);
        priorities.update(1, Double.NaN);
        priorities.addNew(2);
        assertThat(priorities.priority(1)).isEqualTo(1e30);
        priorities.forgetErrors();
        assertThat(priorities.total()).isEqualTo(3);
        assertThat(priorities.priority(3)).as("a slot that is not in use").isZero();
        priorities.addNew(3);
        for (int slot = 0; slot < 4; slot++) {
            assertThat(priorities.priority(slot)).isEqualTo(1);
        }
    }

    @Test
    void alphaFlattensAndNewTransitionsComeFirst() {
        Priorities priorities = new Priorities(3, 0.5);
        priorities.update(0, 4);
        priorities.update(1, 16);
        assertThat(priorities.priority(1) / priorities.priority(0)).isCloseTo(2, within(1e-4));
        priorities.addNew(2);
        assertThat(priorities.priority(2)).isEqualTo(priorities.priority(1));
    }
}
