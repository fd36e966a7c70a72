package io.github.qwop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.QNetwork;
import io.github.qwop.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxWriterTest {

    private static final int INPUTS = 10;
    private static final int ACTIONS = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({"relu, false, false", "relu, true, false", "tanh, true, true", "relu, true, true"})
    void onnxRuntimeGivesWhatPlainJavaGives(String activation, boolean layerNorm, boolean dueling)
            throws IOException, OnnxException {
        QNetwork.Form form = new QNetwork.Form(
                INPUTS,
                ACTIONS,
                5,
                List.of(12, 8),
                Activation.valueOf(activation.toUpperCase(Locale.ROOT)),
                layerNorm,
                dueling);
        RandomStream random = RandomStream.of(1, "network");
        ActionNetwork network;
        try (QNetwork tensors = new QNetwork(form, random, false)) {
            for (NDArray tensor : tensors.parameters().tensors()) {
                float[] values = tensor.toFloatArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] += random.nextFloat() - 0.5f;
                }
                tensor.set(values);
            }
            network = new ActionNetwork(tensors.toMlp(), ACTIONS, ActionNetwork.Meaning.QUANTILES);
        }
        float[] ones = new float[INPUTS];
        Arrays.fill(ones, 1);
        Path file = folder.resolve("policy.onnx");
        int[] none = new int[INPUTS];
        Arrays.fill(none, -1);
        Files.write(
                file,
                OnnxWriter.write(network, new OnnxWriter.Normalisation(none, new float[INPUTS], ones, 1), Map.of()));
        int batch = 200;
        float[] observations = new float[batch * INPUTS];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = random.nextFloat() * 2 - 1;
        }
        int[] actions = new int[batch];
        new GreedyPolicy(network.actor()).act(observations, batch, actions);
        MlpForward forward = new MlpForward(network.mlp());
        try (OnnxNetwork exported = OnnxNetwork.open(file)) {
            OnnxNetwork.Result result = exported.run(observations, batch);
            assertThat(result.actions()).isEqualTo(actions);
            for (int i = 0; i < batch; i++) {
                float[] outputs = forward.run(observations, i * INPUTS);
                for (int o = 0; o < outputs.length; o++) {
                    assertThat(result.outputs()[i * outputs.length + o]).isCloseTo(outputs[o], within(1e-5f));
                }
            }
        }
    }
}
