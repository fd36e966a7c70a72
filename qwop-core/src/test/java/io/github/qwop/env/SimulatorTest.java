package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.schedule.Schedule;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is planned is what comes. */
class SimulatorTest {

    private static final EnvSpec SPEC = Settings.bind(
            EnvSpec.DEFAULT,
            Map.of(
                    "observation", "relative",
                    "actionSet", "distinct",
                    "startNoise", "random:10",
                    "framesPerStep", "2",
                    "maxEpisodeSteps", "60"));

    /** Pays by how far the training has come, so that a plan must know it. */
    private static QwopVectorEnv envs() {
        QwopVectorEnv envs = new QwopVectorEnv(
                SPEC, 2, () -> new Twin(Trigonometry.FDLIBM), new Pace(2, Schedule.parse("lin_decay_1_0_1")), 5);
        envs.reset();
        return envs;
    }

    /**
     * Plans ten steps ahead from both environments at each step, and again after other ways were tried, then plays
     * them.
     */
    @Test
    void foreseesEveryNumber() {
        QwopVectorEnv envs = envs();
        int size = envs.observationSize();
        RandomStream random = RandomStream.of(1, "test");
        int ended = 0;
        try (Simulator first = envs.simulator(0);
                Simulator second = envs.simulator(1)) {
            for (int step = 0; step < 400; step++) {
                envs.progress(step * 2L, 800);
                int[] actions = {random.nextInt(9), random.nextInt(9)};
                float[][] seen = new float[2][size];
                float[] rewards = new float[2];
                boolean[] terminated = new boolean[2];
                boolean[] truncated = new boolean[2];
                for (int e = 0; e < 2; e++) {
                    Simulator simulator = e == 0 ? first : second;
                    simulator.begin();
                    for (int i = 0; i < 10 && !simulator.terminated() && !simulator.truncated(); i++) {
                        simulator.step(random.nextInt(9));
                    }
                    simulator.begin();
                    simulator.step(actions[e]);
                    simulator.observe(seen[e], 0);
                    rewards[e] = simulator.reward();
                    terminated[e] = simulator.terminated();
                    truncated[e] = simulator.truncated();
                }
                envs.step(actions);
                for (int e = 0; e < 2; e++) {
                    assertThat(envs.rewards()[e]).isEqualTo(rewards[e]);
                    assertThat(envs.terminated()[e]).isEqualTo(terminated[e]);
                    assertThat(envs.truncated()[e]).isEqualTo(truncated[e]);
                    boolean over = terminated[e] || truncated[e];
                    ended += over ? 1 : 0;
                    float[] come = over ? envs.finalObservations() : envs.observations();
                    for (int i = 0; i < size; i++) {
                        assertThat(come[e * size + i]).isEqualTo(seen[e][i]);
                    }
                }
            }
        }
        assertThat(ended).as("ends that were foreseen too").isGreaterThan(10);
    }

    /** Two trainings, of which one was planned in, end alike. */
    @Test
    void leavesNoTrace() {
        QwopVectorEnv planned = envs();
        QwopVectorEnv other = envs();
        RandomStream random = RandomStream.of(2, "test");
        try (Simulator simulator = planned.simulator(1)) {
            for (int step = 0; step < 200; step++) {
                simulator.begin();
                simulator.step(random.nextInt(9));
                int[] actions = {random.nextInt(9), random.nextInt(9)};
                planned.step(actions);
                other.step(actions);
                assertThat(planned.observations()).isEqualTo(other.observations());
                assertThat(planned.rewards()).isEqualTo(other.rewards());
            }
        }
    }

    @Test
    void aGameThatCannotBePutIntoAStateIsRefused() {
        QwopVectorEnv envs = new QwopVectorEnv(EnvSpec.DEFAULT, 1, () -> new ScriptedGame(0, 0), RewardShaper.NONE, 1);
        assertThatThrownBy(() -> envs.simulator(0))
                .hasMessage("The game cannot be put into a state, and so nothing can be planned: play the twin.");
    }

    @Test
    void whatChanceDoesToKeysIsNotForeseen() {
        EnvSpec spec = Settings.bind(EnvSpec.DEFAULT, Map.of("dropped", "0.1"));
        QwopVectorEnv envs = new QwopVectorEnv(spec, 1, () -> new Twin(Trigonometry.FDLIBM), RewardShaper.NONE, 1);
        assertThatThrownBy(() -> envs.simulator(0))
                .hasMessage("With key delay 0, jitter 0, dropped 0.1 nothing can be planned: let keys come at once.");
    }
}
