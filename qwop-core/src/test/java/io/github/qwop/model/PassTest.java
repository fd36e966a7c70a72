package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients by hand are PyTorch's, at the sizes that are trained. */
class PassTest {

    private static final int INPUTS = 67;
    private static final int ACTIONS = 9;
    private static final int QUANTILES = 200;
    private static final int BATCH = 64;

    private final RandomStream random = RandomStream.of(5, "pass");

    private float[] numbers(int count, double scale) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (scale * (2 * random.nextDouble() - 1));
        }
        return numbers;
    }

    /** Two sums of the same terms in other orders. */
    private static void assertClose(float[] found, float[] expected, String what) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).as(what).hasSameSizeAs(expected);
        assertThat(largest).as("largest of %s", what).isGreaterThan(0);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("%s, %d", what, i).isCloseTo(expected[i], within(3e-6 * largest));
        }
    }

    /** What a pass makes goes with its batch: kept with the parameters, it would stay for the whole training. */
    private static void assertOnlyTensorsAreKept(Parameters parameters, NDManager batch) {
        List<NDArray> kept = new ArrayList<>(parameters.manager().getManagedArrays());
        List<NDArray> own = batch.getManagedArrays();
        kept.removeIf(array -> own.stream().anyMatch(one -> one == array));
        assertThat(kept).hasSameSizeAs(parameters.tensors());
    }

    @ParameterizedTest
    @CsvSource({
        "64-64, RELU, false, false, false",
        "64-64, RELU, false, false, true",
        "64-64, TANH, true, false, true",
        "64, TANH, false, false, false",
        "64-64, RELU, false, true, false",
        "64-64, TANH, true, true, true",
        "64, RELU, false, true, true",
    })
    void quantilesAndTheirGradientAreAutograds(
            String netArch, Activation activation, boolean layerNorm, boolean dueling, boolean withMeans) {
        List<Integer> hidden =
                List.of(netArch.split("-")).stream().map(Integer::valueOf).toList();
        QNetwork.Form form = new QNetwork.Form(INPUTS, ACTIONS, QUANTILES, hidden, activation, layerNorm, dueling);
        float[] observations = numbers(BATCH * INPUTS, 1);
        float[] ofQuantiles = numbers(BATCH * QUANTILES, 0.01);
        float[] ofMeans = withMeans ? numbers(BATCH * ACTIONS, 0.1) : null;
        int[] actions = new int[BATCH];
        long[] indices = new long[BATCH * QUANTILES];
        for (int i = 0; i < BATCH; i++) {
            // One action is never taken.
            actions[i] = random.nextInt(ACTIONS - 1);
            java.util.Arrays.fill(indices, i * QUANTILES, (i + 1) * QUANTILES, actions[i]);
        }
        try (QNetwork network = new QNetwork(form, random, true);
                Workers workers = new Workers(2);
                NDManager manager = network.parameters().manager().newSubManager()) {
            QPass pass = network.pass(manager.create(observations, new Shape(BATCH, INPUTS)), workers);
            float[] means = pass.means();
            float[] quantiles = pass.quantiles(actions);
            pass.backward(ofQuantiles, ofMeans);
            network.means();
            assertOnlyTensorsAreKept(network.parameters(), manager);

            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray all = network.forward(manager.create(observations, new Shape(BATCH, INPUTS)));
                NDArray chosen = all.gather(
                                manager.create(indices, new Shape(BATCH, 1, QUANTILES))
                                        .toType(DataType.INT64, false),
                                1)
                        .reshape(BATCH, QUANTILES);
                NDArray mean = all.mean(new int[] {2});
                assertClose(quantiles, chosen.toFloatArray(), "quantiles");
                assertClose(means, mean.toFloatArray(), "means");
                NDArray objective = chosen.mul(manager.create(ofQuantiles, new Shape(BATCH, QUANTILES)))
                        .sum();
                if (ofMeans != null) {
                    objective = objective.add(mean.mul(manager.create(ofMeans, new Shape(BATCH, ACTIONS)))
                            .sum());
                }
                collector.backward(objective);
            }
            List<float[]> found = network.parameters().gradients();
            for (int t = 0; t < found.size(); t++) {
                assertClose(
                        found.get(t),
                        network.parameters().tensors().get(t).getGradient().toFloatArray(),
                        "gradient of tensor " + t);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TANH, false", "RELU, false", "TANH, true", "RELU, true"})
    void aPerceptronsGradientIsAutograds(Activation activation, boolean layerNorm) {
        int width = 256;
        List<DenseLayer> layers = new ArrayList<>();
        for (int inputs : new int[] {INPUTS, width}) {
            DenseLayer layer = Initialisation.orthogonal(random, inputs, width, Math.sqrt(2));
            layers.add(layerNorm ? layer.normalised() : layer);
        }
        layers.add(Initialisation.orthogonal(random, width, ACTIONS, 1));
        float[] observations = numbers(BATCH * INPUTS, 2);
        float[] ofOutputs = numbers(BATCH * ACTIONS, 0.1);
        try (Parameters parameters = new Parameters(true);
                NDManager manager = parameters.manager().newSubManager()) {
            TensorMlp network = new TensorMlp(parameters, "policy", layers, activation, false);
            NDArray input = manager.create(observations, new Shape(BATCH, INPUTS));
            NDArray gradient = manager.create(ofOutputs, new Shape(BATCH, ACTIONS));
            TensorMlp.Pass pass = network.pass(input);
            float[] outputs = pass.output().toFloatArray();
            pass.backward(gradient, false);
            assertOnlyTensorsAreKept(parameters, manager);

            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray expected = network.forward(input);
                assertClose(outputs, expected.toFloatArray(), "outputs");
                collector.backward(expected.mul(gradient).sum());
            }
            for (int t = 0; t < parameters.tensors().size(); t++) {
                assertClose(
                        parameters.gradients().get(t),
                        parameters.tensors().get(t).getGradient().toFloatArray(),
                        "gradient of tensor " + t);
            }
        }
    }
}
