package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MlpForwardTest {

    @Test
    void aSmallNetworkGivesItsKnownValues() {
        DenseLayer hidden = new DenseLayer(2, 2, new float[] {1, 2, -3, 1}, new float[] {0.5f, 0.25f});
        DenseLayer last = new DenseLayer(2, 1, new float[] {2, -4}, new float[] {1});
        float[] input = {9, 0.5f, 0.25f};
        // Hidden sums: 0.5 + 0.5 + 0.5 and −1.5 + 0.25 + 0.25.
        MlpForward relu = new MlpForward(new Mlp(List.of(hidden, last), Activation.RELU));
        assertThat(relu.run(input, 1)).containsExactly(2 * 1.5f + 1);
        MlpForward tanh = new MlpForward(new Mlp(List.of(hidden, last), Activation.TANH));
        double expected = 2 * Math.tanh(1.5) - 4 * Math.tanh(-1) + 1;
        assertThat(tanh.run(input, 1)[0]).isCloseTo((float) expected, within(2e-6f));
    }

    @Property(tries = 50)
    void everyNumberOfInputsIsSummed(
            @ForAll @IntRange(min = 1, max = 40) int inputs, @ForAll @IntRange(min = 1, max = 20) int outputs) {
        DenseLayer layer = Initialisation.uniform(RandomStream.of(inputs, "layer"), inputs, outputs);
        float[] input = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            input[i] = i - 3;
        }
        float[] result = new MlpForward(new Mlp(List.of(layer), Activation.RELU)).run(input, 0);
        for (int o = 0; o < outputs; o++) {
            double expected = layer.bias()[o];
            for (int i = 0; i < inputs; i++) {
                expected += layer.weight()[o * inputs + i] * input[i];
            }
            assertThat(result[o]).isCloseTo((float) expected, within(1e-4f));
        }
    }

    @Property
    void tanhIsTrueToItsLastDigits(@ForAll @FloatRange(min = -20, max = 20) float x) {
        float[] value = {x};
        MlpForward.tanh(value);
        assertThat(value[0]).isCloseTo((float) Math.tanh(x), within((float) (1e-30 + 4e-7 * Math.abs(Math.tanh(x)))));
    }

    @Test
    void tanhOfExtremesIsOneAndOfNothingNothing() {
        float[] values = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, Float.NaN};
        MlpForward.tanh(values);
        assertThat(values).containsExactly(1, -1, 0, Float.NaN);
    }
}
