package io.github.qwop.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.play.Actor;
import io.github.qwop.random.RandomStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {

    private static Mlp network(int inputs, int outputs) {
        RandomStream random = RandomStream.of(5, "network");
        float[] weight = new float[inputs * outputs];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian();
        }
        return new Mlp(List.of(new DenseLayer(inputs, outputs, weight, new float[outputs])), Activation.TANH);
    }

    /** The same policy, in an environment and in a lane that is put somewhere else between any two decisions. */
    @ParameterizedTest
    @CsvSource({"QWOP_GYM, reduced, 4", "RELATIVE, distinct, 2", "RELATIVE, full, 3"})
    void playsAPolicyAsAnEnvironmentDoes(Observation form, String actions, int frames) {
        ActionSet set = ActionSet.parse(actions);
        Mlp network = network(form.size(), set.size());
        EnvSpec spec = new EnvSpec(frames, set, false, 0, 0, 0, 0, StartNoise.NOTHING, Trigonometry.FDLIBM, form);
        Lane lane = new Lane(Trigonometry.FDLIBM, Objective.TIME, new PolicyPrior(network, form, set, frames));
        double[] rows = new double[2 * Lane.ROW];
        lane.reset();
        lane.save(rows, 0);
        lane.save(rows, 1);
        Actor actor = Actor.greedy(network);
        int decisions = 0;
        try (QwopEnv env = new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(0, "none"))) {
            env.reset();
            while (!env.terminated() && decisions < 60) {
                env.step(actor.act(env));
                lane.restore(rows, 1);
                lane.decide();
                lane.decide();
                lane.restore(rows, 0);
                lane.decide();
                lane.save(rows, 0);
                // An environment lets a fallen runner fall on until the step ends.
                if (!env.terminated()) {
                    assertThat(lane.x()).isEqualTo(env.bodies()[0]);
                }
                assertThat(lane.state() == Lane.State.LOST).isEqualTo(env.terminated());
                decisions++;
            }
        }
        assertThat(decisions).isGreaterThan(5);
    }
}
