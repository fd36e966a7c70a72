package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.qwop.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QNetworkTest {

    private static final int INPUTS = 6;
    private static final int ACTIONS = 4;
    private static final int QUANTILES = 3;

    private static QNetwork network(List<Integer> netArch, Activation activation, boolean layerNorm, boolean dueling) {
        QNetwork.Form form = new QNetwork.Form(INPUTS, ACTIONS, QUANTILES, netArch, activation, layerNorm, dueling);
        QNetwork network = new QNetwork(form, RandomStream.of(1, "network"), true);
        RandomStream random = RandomStream.of(2, "values");
        // Scales and shifts begin alike: others tell what is mixed up.
        for (NDArray tensor : network.parameters().tensors()) {
            float[] values = tensor.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.4f * (random.nextFloat() - 0.5f);
            }
            tensor.set(values);
        }
        return network;
    }

    private static float[] observations(int count) {
        RandomStream random = RandomStream.of(3, "observations");
        float[] observations = new float[count * INPUTS];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = random.nextFloat() * 2 - 1;
        }
        return observations;
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void thePlainPerceptronIsTheSameFunction(boolean layerNorm, boolean dueling) {
        int count = 40;
        float[] observations = observations(count);
        for (List<Integer> netArch : List.of(List.of(8), List.of(16, 8), List.of(8, 16, 5))) {
            for (Activation activation : Activation.values()) {
                try (QNetwork network = network(netArch, activation, layerNorm, dueling);
                        NDManager manager = network.parameters().manager().newSubManager()) {
                    float[] expected = network.forward(manager.create(observations, new Shape(count, INPUTS)))
                            .toFloatArray();
                    Mlp folded = network.toMlp();
                    MlpForward plain = new MlpForward(folded);
                    MlpForward means = new MlpForward(folded.averaged(ACTIONS));
                    for (int i = 0; i < count; i++) {
                        float[] outputs = plain.run(observations, i * INPUTS);
                        float[] values = means.run(observations, i * INPUTS);
                        assertThat(outputs).hasSize(ACTIONS * QUANTILES);
                        for (int a = 0; a < ACTIONS; a++) {
                            float sum = 0;
                            for (int k = 0; k < QUANTILES; k++) {
                                float value = expected[(i * ACTIONS + a) * QUANTILES + k];
                                assertThat(outputs[a * QUANTILES + k])
                                        .as("%s, %s: action %d, quantile %d", netArch, activation, a, k)
                                        .isCloseTo(value, within(3e-6f));
                                sum += value;
                            }
                            assertThat(values[a]).isCloseTo(sum / QUANTILES, within(3e-6f));
                        }
                    }
                }
            }
        }
    }

    /** The paper's: value and advantage together send back what one of them would alone, in the mean square. */
    @Test
    void theGradientOfBothStreamsEntersWhatTheyShareByTheRootOfAHalf() {
        float[] observation = observations(1);
        try (QNetwork network = network(List.of(5, 4), Activation.TANH, false, true);
                NDManager manager = network.parameters().manager().newSubManager()) {
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray outputs = network.forward(manager.create(observation, new Shape(1, INPUTS)));
                collector.backward(outputs.get(0).get(2).sum());
            }
            List<NDArray> tensors = network.parameters().tensors();
            double largest = 0;
            for (int t = 0; t < tensors.size(); t++) {
                NDArray tensor = tensors.get(t);
                // The first two are the shared layer's weights and biases.
                double factor = t < 2 ? Math.sqrt(0.5) : 1;
                float[] gradient = tensor.getGradient().toFloatArray();
                float[] values = tensor.toFloatArray();
                for (int i = 0; i < values.length; i++) {
                    float at = values[i];
                    float h = 0.01f;
                    double above = sumOfAction2(network, tensor, values, i, at + h, observation);
                    double below = sumOfAction2(network, tensor, values, i, at - h, observation);
                    sumOfAction2(network, tensor, values, i, at, observation);
                    double slope = (above - below) / (2 * h);
                    largest = t < 2 ? Math.max(largest, Math.abs(slope)) : largest;
                    assertThat((double) gradient[i])
                            .as("tensor %d, value %d", t, i)
                            .isCloseTo(factor * slope, within(1e-3));
                }
            }
            assertThat(largest).as("the largest slope of what is shared").isGreaterThan(0.1);
        }
    }

    private static double sumOfAction2(
            QNetwork network, NDArray tensor, float[] values, int i, float value, float[] observation) {
        values[i] = value;
        tensor.set(values);
        float[] outputs = new MlpForward(network.toMlp()).run(observation, 0);
        double sum = 0;
        for (int k = 0; k < QUANTILES; k++) {
            sum += outputs[2 * QUANTILES + k];
        }
        return sum;
    }
}
