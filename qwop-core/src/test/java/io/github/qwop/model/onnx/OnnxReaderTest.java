package io.github.qwop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.github.qwop.env.Observation;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.LayerNorm;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxReaderTest {

    private static final Path COMMITTED = Path.of("..", "examples", "record-10m", "policy.onnx");

    @Test
    void givesWhatOnnxRuntimeGives() throws Exception {
        OnnxReader.Content content = OnnxReader.read(Files.readAllBytes(COMMITTED));
        MlpForward forward = new MlpForward(content.network().mlp());
        RandomStream random = RandomStream.of(3, "observations");
        int inputs = content.network().mlp().inputs();
        int batch = 100;
        float[] raw = new float[batch * inputs];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) random.nextGaussian() * 10;
        }
        float[] seen = raw.clone();
        try (OnnxNetwork runtime = OnnxNetwork.open(COMMITTED)) {
            OnnxNetwork.Result expected = runtime.run(raw, batch);
            for (int i = 0; i < batch; i++) {
                Observation.QWOP_GYM.normalise(seen, i * inputs);
                float[] outputs = forward.run(seen, i * inputs);
                for (int o = 0; o < outputs.length; o++) {
                    assertThat(outputs[o]).isCloseTo(expected.outputs()[i * outputs.length + o], within(1e-4f));
                }
            }
            assertThat(content.metadata()).isEqualTo(runtime.metadata());
        }
        assertThat(content.normalisation().centres()).isEqualTo(Observation.QWOP_GYM.centres());
    }

    @ParameterizedTest
    @CsvSource({"RELU, 1, 5, RELATIVE", "TANH, 0, 1, QWOP_GYM", "TANH, 2, 3, RELATIVE"})
    void readsBackWhatWasWritten(Activation activation, int parts, int quantiles, Observation form)
            throws OnnxException {
        RandomStream random = RandomStream.of(1, "network");
        DenseLayer hidden = layer(random, form.size(), 8);
        LayerNorm norm = parts == 0 ? null : new LayerNorm(parts, floats(random, 8), floats(random, 8));
        DenseLayer first = new DenseLayer(form.size(), 8, hidden.weight(), hidden.bias(), norm);
        ActionNetwork network = new ActionNetwork(
                new Mlp(List.of(first, layer(random, 8, 9 * quantiles)), activation),
                9,
                quantiles == 1 ? ActionNetwork.Meaning.LOGITS : ActionNetwork.Meaning.QUANTILES);
        byte[] written = write(network, form);

        OnnxReader.Content content = OnnxReader.read(written);

        assertThat(content.metadata()).isEqualTo(Map.of("name", "value"));
        assertThat(OnnxWriter.write(content.network(), content.normalisation(), content.metadata()))
                .isEqualTo(written);
        assertThat(content.network().mlp().activation()).isEqualTo(activation);
        assertThat(content.network().meaning()).isEqualTo(network.meaning());
    }

    private static byte[] write(ActionNetwork network, Observation form) {
        return OnnxWriter.write(
                network,
                new OnnxWriter.Normalisation(form.references(), form.centres(), form.scales(), form.limit()),
                Map.of("name", "value"));
    }

    private static DenseLayer layer(RandomStream random, int inputs, int outputs) {
        return new DenseLayer(inputs, outputs, floats(random, inputs * outputs), floats(random, outputs));
    }

    private static float[] floats(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThatThrownBy(() -> OnnxReader.read("no protocol buffer".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("it is no ONNX model (");
    }

    @Test
    void refusesAnotherGraph() throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(COMMITTED));
        ModelProto.Builder changed = model.toBuilder();
        for (int i = 0; i < changed.getGraph().getNodeCount(); i++) {
            if (changed.getGraph().getNode(i).getOpType().equals("Tanh")) {
                changed.getGraphBuilder().getNodeBuilder(i).setOpType("Sigmoid");
            }
        }
        assertThatThrownBy(() -> OnnxReader.read(changed.build().toByteArray()))
                .isInstanceOf(OnnxException.class)
                .hasMessage("it is no network that qwop:export-onnx writes (its graph has other parts)");
        ModelProto.Builder empty = model.toBuilder();
        empty.getGraphBuilder().clearInitializer();
        assertThatThrownBy(() -> OnnxReader.read(empty.build().toByteArray()))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("it is no network that qwop:export-onnx writes (it lacks the tensor ");
    }
}
