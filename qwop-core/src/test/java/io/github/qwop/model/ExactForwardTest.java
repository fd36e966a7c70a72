package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactForwardTest {

    private static final int INPUTS = 5;

    private static float[] drawn(RandomStream random, int count, double centre) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (centre + random.nextDouble() - 0.5);
        }
        return values;
    }

    /** Normalised as one, as two side by side, and not at all. */
    private static List<DenseLayer> layers(RandomStream random) {
        DenseLayer first = Initialisation.uniform(random, INPUTS, 12);
        DenseLayer second = Initialisation.uniform(random, 12, 8);
        return List.of(
                new DenseLayer(
                        INPUTS,
                        12,
                        first.weight(),
                        first.bias(),
                        new LayerNorm(1, drawn(random, 12, 1), drawn(random, 12, 0))),
                new DenseLayer(
                        12,
                        8,
                        second.weight(),
                        second.bias(),
                        new LayerNorm(2, drawn(random, 8, 1), drawn(random, 8, 0))),
                Initialisation.uniform(random, 8, 3));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void floatsComeNearToIt(Activation activation) {
        RandomStream random = RandomStream.of(1, "test");
        Mlp mlp = new Mlp(layers(random), activation);
        MlpForward forward = new MlpForward(mlp);
        float[] inputs = drawn(random, 40 * INPUTS, 0);
        for (int i = 0; i < 40; i++) {
            float[] outputs = forward.run(inputs, i * INPUTS);
            double[] exact = ExactForward.run(mlp, inputs, i * INPUTS);
            for (int o = 0; o < outputs.length; o++) {
                assertThat(exact[o]).isCloseTo(outputs[o], within(2e-6));
            }
        }
    }

    @Test
    void knownValues() {
        DenseLayer hidden = new DenseLayer(2, 2, new float[] {1, 2, -3, 1}, new float[] {0.5f, 0.25f});
        DenseLayer last = new DenseLayer(2, 1, new float[] {2, -4}, new float[] {1});
        float[] input = {9, 0.5f, 0.25f};
        assertThat(ExactForward.run(new Mlp(List.of(hidden, last), Activation.RELU), input, 1))
                .containsExactly(2 * 1.5 + 1);
        assertThat(ExactForward.run(new Mlp(List.of(hidden, last), Activation.TANH), input, 1)[0])
                .isCloseTo(2 * Math.tanh(1.5) - 4 * Math.tanh(-1) + 1, within(1e-15));
    }
}
