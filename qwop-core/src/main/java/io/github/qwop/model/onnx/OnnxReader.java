package io.github.qwop.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.LayerNorm;
import io.github.qwop.model.Mlp;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the network out of a file that {@link OnnxWriter} wrote, to run it in plain Java. A reader for any graph would
 * be a runtime: what is read here is written once more, and the file is ours if that gives the same graph.
 */
public final class OnnxReader {

    private final GraphProto graph;
    private final Map<String, TensorProto> tensors = new HashMap<>();
    private final Map<String, NodeProto> nodes = new HashMap<>();

    private OnnxReader(GraphProto graph) {
        this.graph = graph;
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    }

    /**
     * What a file holds.
     *
     * @param network the network
     * @param normalisation what is done to its inputs
     * @param metadata what the file says about itself
     */
    public record Content(
            ActionNetwork network, OnnxWriter.Normalisation normalisation, Map<String, String> metadata) {}

    /**
     * Reads a file's bytes.
     *
     * @throws OnnxException if they are no model, or none that {@link OnnxWriter} wrote
     */
    public static Content read(byte[] bytes) throws OnnxException {
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            Map<String, String> metadata = new LinkedHashMap<>();
            for (StringStringEntryProto entry : model.getMetadataPropsList()) {
                metadata.put(entry.getKey(), entry.getValue());
            }
            OnnxReader reader = new OnnxReader(model.getGraph());
            Content content = new Content(reader.network(), reader.normalisation(), metadata);
            byte[] again = OnnxWriter.write(content.network(), content.normalisation(), Map.of());
            if (!ModelProto.parseFrom(again).getGraph().equals(model.getGraph())) {
                throw foreign("its graph has other parts", null);
            }
            return content;
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxException("it is no ONNX model (" + e.getMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw foreign(String.valueOf(e.getMessage()), e);
        }
    }

    private static OnnxException foreign(String reason, @Nullable Throwable cause) {
        String message = "it is no network that qwop:export-onnx writes (" + reason + ")";
        return cause == null ? new OnnxException(message) : new OnnxException(message, cause);
    }

    private TensorProto tensor(String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("it lacks the tensor " + name);
        }
        return tensor;
    }

    private float[] floats(String name) {
        FloatBuffer values = tensor(name)
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] floats = new float[values.remaining()];
        values.get(floats);
        return floats;
    }

    private OnnxWriter.Normalisation normalisation() {
        float[] centres = floats("centres");
        int[] references = new int[centres.length];
        Arrays.fill(references, -1);
        if (tensors.containsKey("references")) {
            float[] taken = floats("taken");
            List<Long> indices = tensor("references").getInt64DataList();
            if (taken.length != centres.length || indices.size() != centres.length) {
                throw new IllegalArgumentException("its inputs refer to too few others");
            }
            for (int i = 0; i < references.length; i++) {
                references[i] = taken[i] == 0 ? -1 : Math.toIntExact(indices.get(i));
            }
        }
        float[] most = floats("most");
        if (most.length != 1) {
            throw new IllegalArgumentException("its inputs have no one limit");
        }
        return new OnnxWriter.Normalisation(references, centres, floats("half_ranges"), most[0]);
    }

    private ActionNetwork network() {
        List<DenseLayer> layers = new ArrayList<>();
        while (tensors.containsKey("weight_" + layers.size())) {
            layers.add(layer(layers.size()));
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("it lacks the tensor weight_0");
        }
        NodeProto hidden = nodes.get("hidden_0");
        boolean relu = hidden != null && hidden.getOpType().equals("Relu");
        Mlp mlp = new Mlp(layers, relu ? Activation.RELU : Activation.TANH);
        boolean logits = graph.getOutputList().stream()
                .anyMatch(output -> output.getName().equals(OnnxWriter.LOGITS));
        if (logits) {
            return new ActionNetwork(mlp, mlp.outputs(), ActionNetwork.Meaning.LOGITS);
        }
        TensorProto shape = tensor("quantile_shape");
        if (shape.getInt64DataCount() != 3) {
            throw new IllegalArgumentException("its outputs have another shape");
        }
        return new ActionNetwork(mlp, Math.toIntExact(shape.getInt64Data(1)), ActionNetwork.Meaning.QUANTILES);
    }

    private DenseLayer layer(int number) {
        List<Long> dims = tensor("weight_" + number).getDimsList();
        if (dims.size() != 2) {
            throw new IllegalArgumentException("its layer " + number + " is no matrix");
        }
        return new DenseLayer(
                Math.toIntExact(dims.get(1)),
                Math.toIntExact(dims.get(0)),
                floats("weight_" + number),
                floats("bias_" + number),
                norm(number));
    }

    private @Nullable LayerNorm norm(int layer) {
        int parts = 0;
        while (tensors.containsKey("scale_" + layer + "_" + parts)) {
            parts++;
        }
        if (parts == 0) {
            return null;
        }
        List<float[]> scales = new ArrayList<>();
        List<float[]> shifts = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            scales.add(floats("scale_" + layer + "_" + part));
            shifts.add(floats("shift_" + layer + "_" + part));
        }
        return new LayerNorm(parts, joined(scales), joined(shifts));
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
