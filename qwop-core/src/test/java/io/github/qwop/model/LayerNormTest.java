package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerNormTest {

    private static final int INPUTS = 5;

    /** Layers of 24 and 7, normalised with scales and shifts of which none is like another, and 6 outputs. */
    private static List<DenseLayer> layers() {
        RandomStream random = RandomStream.of(1, "layers");
        return List.of(
                drawn(random, Initialisation.uniform(random, INPUTS, 24)),
                drawn(random, Initialisation.uniform(random, 24, 7)),
                Initialisation.uniform(random, 7, 6));
    }

    private static DenseLayer drawn(RandomStream random, DenseLayer layer) {
        float[] scale = new float[layer.outputs()];
        float[] shift = new float[layer.outputs()];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = random.nextFloat() + 0.5f;
            shift[i] = random.nextFloat() - 0.5f;
        }
        return new DenseLayer(
                layer.inputs(), layer.outputs(), layer.weight(), layer.bias(), new LayerNorm(1, scale, shift));
    }

    private static float[] inputs(int count) {
        RandomStream random = RandomStream.of(2, "inputs");
        float[] inputs = new float[count * INPUTS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (3 * random.nextGaussian());
        }
        return inputs;
    }

    @Test
    void sumsGetTheirMeanAndDeviationTakenAway() {
        float[] sums = {1, 2, 6, 10, 10, 40};
        new LayerNorm(2, new float[] {1, 1, 2, 1, 1, 1}, new float[] {0, 0, 0.5f, 0, 0, 0}).normalise(sums);
        // 1, 2, 6: mean 3, variance 14/3. 10, 10, 40: mean 20, variance 200.
        double first = Math.sqrt(14.0 / 3 + 1e-5);
        double second = Math.sqrt(200 + 1e-5);
        double[] expected = {-2 / first, -1 / first, 6 / first + 0.5, -10 / second, -10 / second, 20 / second};
        for (int i = 0; i < sums.length; i++) {
            assertThat((double) sums[i]).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void equalSumsBecomeTheShiftAlone() {
        float[] sums = {3, 3, 3};
        new LayerNorm(1, new float[] {1, 2, 3}, new float[] {0.25f, 0, -1}).normalise(sums);
        assertThat(sums).containsExactly(0.25f, 0, -1);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void plainJavaGivesWhatPyTorchsLayerNormGives(Activation activation) {
        int count = 50;
        float[] inputs = inputs(count);
        MlpForward plain = new MlpForward(new Mlp(layers(), activation));
        try (Parameters parameters = new Parameters(true);
                NDManager manager = parameters.manager().newSubManager()) {
            TensorMlp tensors = new TensorMlp(parameters, "q", layers(), activation, false);
            NDArray batch = manager.create(inputs, new Shape(count, INPUTS));
            float[] expected = tensors.forward(batch).toFloatArray();
            for (int i = 0; i < count; i++) {
                float[] outputs = plain.run(inputs, i * INPUTS);
                for (int o = 0; o < outputs.length; o++) {
                    assertThat(outputs[o]).isCloseTo(expected[i * outputs.length + o], within(3e-6f));
                }
            }
            assertThat(tensors.layers()).usingRecursiveComparison().isEqualTo(layers());
        }
    }

    @Test
    void aTensorNetworkTakesOverScalesAndShifts() {
        Mlp trained = new Mlp(layers(), Activation.TANH);
        try (Parameters parameters = new Parameters(true)) {
            List<DenseLayer> fresh = layers().stream()
                    .map(layer -> new DenseLayer(layer.inputs(), layer.outputs(), layer.weight(), layer.bias()))
                    .map(layer -> layer.outputs() == 6 ? layer : layer.normalised())
                    .toList();
            TensorMlp tensors = new TensorMlp(parameters, "policy", fresh, Activation.TANH, false);
            tensors.set(trained);
            assertThat(tensors.layers()).usingRecursiveComparison().isEqualTo(trained.layers());

            Mlp plain = new Mlp(
                    layers().stream()
                            .map(layer -> new DenseLayer(layer.inputs(), layer.outputs(), layer.weight(), layer.bias()))
                            .toList(),
                    Activation.TANH);
            assertThatThrownBy(() -> tensors.set(plain))
                    .hasMessage(
                            "The given policy has layers of [5, 24, 7, 6] and TANH, this learner's has [5, 24, 7, 6]"
                                    + " and TANH with layer normalisation: give learner.netArch, learner.activationFn and"
                                    + " learner.layerNorm as that policy has them.");
        }
    }

    @Test
    void allHiddenLayersAreNormalisedOrNone() {
        DenseLayer plain = Initialisation.uniform(RandomStream.of(1, "layer"), 3, 3);
        DenseLayer normed = plain.normalised();
        assertThatThrownBy(() -> new Mlp(List.of(normed, normed), Activation.RELU))
                .hasMessage("Layer 1 of 2 is normalised: all layers but the last are, or none is.");
        assertThatThrownBy(() -> new Mlp(List.of(normed, plain, plain), Activation.RELU))
                .hasMessage("Layer 1 of 3 is not normalised: all layers but the last are, or none is.");
        assertThatThrownBy(() -> new DenseLayer(
                        3, 3, plain.weight(), plain.bias(), new LayerNorm(1, new float[2], new float[2])))
                .hasMessageContaining("as many scales, not 2");
        assertThatThrownBy(() -> new LayerNorm(2, new float[3], new float[3])).hasMessageContaining("2 equal parts");
    }

    @Test
    void aFileHoldsItAndOneWithoutItIsAsEver() throws IOException {
        ActionNetwork normed =
                new ActionNetwork(new Mlp(layers(), Activation.RELU), 3, ActionNetwork.Meaning.QUANTILES);
        byte[] file = written(normed);
        assertThat(read(file)).usingRecursiveComparison().isEqualTo(normed);
        assertThat(new DataInputStream(new ByteArrayInputStream(file)).readUTF())
                .isEqualTo("network-2");

        Mlp plain = new Mlp(List.of(Initialisation.uniform(RandomStream.of(1, "layer"), 2, 3)), Activation.RELU);
        byte[] old = written(new ActionNetwork(plain, 3, ActionNetwork.Meaning.LOGITS));
        assertThat(new DataInputStream(new ByteArrayInputStream(old)).readUTF()).isEqualTo("LOGITS");
        // Meaning, actions, activation, number of layers; inputs, outputs, weights and biases with their lengths.
        assertThat(old).hasSize(2 + 6 + 4 + 2 + 4 + 4 + 4 + 4 + 4 + 6 * 4 + 4 + 3 * 4);
        assertThat(read(old).mlp()).usingRecursiveComparison().isEqualTo(plain);
    }

    @Test
    void aFileOfALaterFormatIsRefusedByName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeUTF("network-3");
        assertThatThrownBy(() -> read(bytes.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessage("the network has the format network-3, and this version reads up to network-2: use the"
                        + " version of the plugin that wrote it");
    }

    private static byte[] written(ActionNetwork network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        network.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static ActionNetwork read(byte[] bytes) throws IOException {
        return ActionNetwork.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
