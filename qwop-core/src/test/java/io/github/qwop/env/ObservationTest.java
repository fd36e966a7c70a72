package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final int BODIES = Game.BODY_VALUES;

    private static QwopEnv env(StartNoise noise) {
        EnvSpec spec =
                new EnvSpec(4, ActionSet.FULL, false, 0, 10, 50, 10, noise, Trigonometry.FDLIBM, Observation.RELATIVE);
        return new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(3, "noise"));
    }

    private static float[] observed(QwopEnv env) {
        float[] seen = new float[Observation.RELATIVE.size()];
        env.observe(seen, 0);
        return seen;
    }

    private static float[] context(QwopEnv env) {
        return Arrays.copyOfRange(observed(env), BODIES, Observation.RELATIVE.size());
    }

    @Test
    void aLimbIsSeenFromTheTorso() {
        double[] bodies = new double[BODIES];
        for (int i = 0; i < BODIES; i++) {
            bodies[i] = 0.5 * i + 1;
        }
        float[] here = new float[Observation.RELATIVE.size()];
        float[] there = here.clone();
        Context context = new Context();
        Observation.RELATIVE.raw(bodies, context, here, 0);
        Observation.RELATIVE.normalise(here, 0);
        for (int part = 0; part < BODIES; part += BodyPart.VALUES) {
            bodies[part] += 64;
        }
        Observation.RELATIVE.raw(bodies, context, there, 0);
        Observation.RELATIVE.normalise(there, 0);

        float metre = 1 / Observation.RELATIVE.scales()[0];
        assertThat(there[0] - here[0]).as("the torso knows where it is").isCloseTo(64 * metre, within(1e-5f));
        for (int i = 1; i < here.length; i++) {
            assertThat(there[i]).as("value %d", i).isEqualTo(here[i]);
        }
    }

    private static Offset<Float> within(float difference) {
        return Offset.offset(difference);
    }

    @Test
    void theContextTellsTheKeysAndTheHipsLimits() {
        try (QwopEnv env = env(StartNoise.NOTHING)) {
            env.reset();
            assertThat(context(env)).containsExactly(0, 0, 0, 0, 1, 0, 0);
            env.step(action(Keys.Q));
            assertThat(context(env)).containsExactly(1, 0, 0, 0, 1, 0, 0);
            env.step(action(Keys.W | Keys.P));
            assertThat(context(env)).containsExactly(0, 1, 0, 1, 0, 0, 1);
            env.step(action(Keys.NONE));
            assertThat(context(env)).as("P's limits stay").containsExactly(0, 0, 0, 0, 0, 0, 1);
            env.step(action(Keys.O | Keys.P));
            assertThat(context(env)).as("O beats P").containsExactly(0, 0, 1, 1, 0, 1, 0);
            env.reset();
            assertThat(context(env)).containsExactly(0, 0, 0, 0, 1, 0, 0);
        }
    }

    private static int action(int keys) {
        for (int i = 0; i < ActionSet.FULL.size(); i++) {
            if (ActionSet.FULL.keys(i) == keys) {
                return i;
            }
        }
        throw new IllegalArgumentException("No action holds " + keys + ".");
    }

    @Test
    void whatStartNoiseHoldsCounts() {
        boolean limited = false;
        try (QwopEnv env = env(StartNoise.parse("random:40"))) {
            for (int i = 0; i < 20; i++) {
                env.reset();
                limited |= context(env)[4] == 0;
            }
        }
        assertThat(limited).as("O or P was held in some start").isTrue();
    }

    @Property(tries = 30)
    void nothingThatHappensIsLost(@ForAll long seed) {
        try (QwopEnv env = env(StartNoise.NOTHING)) {
            RandomStream random = RandomStream.of(seed, "actions");
            env.reset();
            while (!env.terminated()) {
                env.step(random.nextInt(ActionSet.FULL.size()));
                for (float value : observed(env)) {
                    assertThat(Math.abs(value)).isLessThan(Observation.RELATIVE.limit());
                }
            }
        }
    }

    @Test
    void theGymsFormIsItsOwn() {
        double[] bodies = new double[BODIES];
        bodies[0] = 1050;
        bodies[5] = -10;
        bodies[6] = 20;
        float[] seen = new float[Observation.QWOP_GYM.size()];
        Observation.QWOP_GYM.raw(bodies, new Context(), seen, 0);
        Observation.QWOP_GYM.normalise(seen, 0);

        assertThat(seen).hasSize(BODIES);
        assertThat(seen[0]).isEqualTo(1);
        assertThat(seen[5]).isEqualTo(-1);
        assertThat(seen[6]).as("clipped").isEqualTo(1);
        assertThat(seen[3]).isEqualTo(-0.5f);
        assertThat(Observation.QWOP_GYM.metres(seen[0])).isEqualTo(105);
    }
}
