package io.github.qwop.learn.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.learn.problems.CartPole;
import io.github.qwop.learn.problems.Corridor;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookaheadTest {

    private static final int CELLS = 6;

    /** A network whose outputs are the same everywhere. */
    private static Mlp constant(int inputs, float... outputs) {
        return new Mlp(
                List.of(new DenseLayer(inputs, outputs.length, new float[inputs * outputs.length], outputs)),
                Activation.TANH);
    }

    private static GreedyPolicy always(int inputs, int action) {
        float[] outputs = new float[2];
        outputs[action] = 1;
        return new GreedyPolicy(constant(inputs, outputs));
    }

    private static int cell(Corridor corridor) {
        int cell = 0;
        while (corridor.observations()[cell] == 0) {
            cell++;
        }
        return cell;
    }

    private static float[] values(Corridor corridor, int horizon, int policy, float critic) {
        float[] values = new float[2];
        try (Lookahead lookahead = new Lookahead(corridor.simulator(0), CELLS, 2, horizon, 0.9)) {
            lookahead.value(always(CELLS, policy), new MlpForward(constant(CELLS, critic)), values, 0);
        }
        return values;
    }

    /** The way to the end is known: it pays 0.9 to the power of the steps before the last. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void walksToTheEnd(long seed) {
        Corridor corridor = new Corridor(1, CELLS, seed);
        corridor.reset();
        int distance = CELLS - 1 - cell(corridor);
        float[] values = values(corridor, 20, 1, 100);
        assertThat((double) values[1]).isCloseTo(Math.pow(0.9, distance - 1), within(1e-6));
        // To the left first: one more than from there on, or from the wall the same way once more.
        int back = cell(corridor) == 0 ? distance : distance + 1;
        assertThat((double) values[0]).isCloseTo(Math.pow(0.9, back), within(1e-6));
    }

    /** Whoever goes left never arrives, and what is left after the horizon is what the critic says. */
    @Test
    void asksTheCriticAtTheHorizon() {
        Corridor corridor = new Corridor(1, CELLS, 3);
        corridor.reset();
        assertThat(values(corridor, 4, 0, 7)[0]).isCloseTo((float) (7 * Math.pow(0.9, 4)), within(1e-5f));
        assertThat(values(corridor, 1, 0, 7)[0]).isCloseTo(7 * 0.9f, within(1e-5f));
    }

    /** A time limit of 3 steps cuts a rollout off, and the critic says what would have followed. */
    @Test
    void asksTheCriticWhereTimeIsUp() {
        CartPole pole = new CartPole(1, 3, 1);
        pole.reset();
        float[] values = new float[2];
        try (Lookahead lookahead = new Lookahead(pole.simulator(0), 4, 2, 50, 0.5)) {
            lookahead.value(always(4, 0), new MlpForward(constant(4, 8)), values, 0);
            assertThat(values).containsExactly(1 + 0.5f + 0.25f + 1, 1 + 0.5f + 0.25f + 1);
            assertThat(lookahead.takePlayed()).isEqualTo(6);
            assertThat(lookahead.takePlayed()).isZero();
        }
    }

    @Test
    void leavesTheEnvironmentWhereItIs() {
        CartPole pole = new CartPole(2, 100, 1);
        CartPole other = new CartPole(2, 100, 1);
        pole.reset();
        other.reset();
        try (Lookahead lookahead = new Lookahead(pole.simulator(1), 4, 2, 50, 1)) {
            for (int i = 0; i < 20; i++) {
                lookahead.value(always(4, i % 2), new MlpForward(constant(4, 0)), new float[2], 0);
                pole.step(new int[] {1, 0});
                other.step(new int[] {1, 0});
                assertThat(pole.observations()).isEqualTo(other.observations());
            }
        }
    }

    @Test
    void writesAtItsPlace() {
        Corridor corridor = new Corridor(1, CELLS, 3);
        corridor.reset();
        float[] values = new float[6];
        Arrays.fill(values, -1);
        try (Lookahead lookahead = new Lookahead(corridor.simulator(0), CELLS, 2, 20, 0.9)) {
            lookahead.value(always(CELLS, 1), new MlpForward(constant(CELLS, 0)), values, 2);
        }
        assertThat(values[0]).isEqualTo(-1);
        assertThat(values[1]).isEqualTo(-1);
        assertThat(values[2]).isPositive();
        assertThat(values[3]).isPositive();
        assertThat(values[4]).isEqualTo(-1);
        assertThat(values[5]).isEqualTo(-1);
    }
}
