package io.github.qwop.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.LayerNorm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a network as an ONNX model: input {@value #INPUT}, float32 [batch × inputs], raw values, which the model
 * normalises itself. Outputs: {@value #ACTION}, int64 [batch], the greedy action; for a value network {@value #VALUES},
 * float32 [batch × actions], and {@value #QUANTILES}, float32 [batch × actions × quantiles]; for a policy network
 * {@value #LOGITS}, float32 [batch × actions].
 *
 * <p>IR version 8 and operator set 17, which ONNX Runtime reads since 1.12. Equal networks give equal bytes.
 */
public final class OnnxWriter {

    /** Name of the input. */
    public static final String INPUT = "observation";

    /** Name of the greedy action's output. */
    public static final String ACTION = "action";

    /** Name of the values' output: the mean over an action's quantiles. */
    public static final String VALUES = "q_values";

    /** Name of the quantiles' output. */
    public static final String QUANTILES = "quantiles";

    /** Name of the logits' output. */
    public static final String LOGITS = "logits";

    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final String BATCH = "batch";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("policy");

    private OnnxWriter() {}

    /**
     * What is done to each input before the first layer.
     *
     * @param references number of the input that is taken off it, −1 for none; not copied
     * @param centres what is then subtracted; not copied
     * @param scales by what it is then divided; not copied
     * @param limit it is then clipped to ± this
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Normalisation(int[] references, float[] centres, float[] scales, float limit) {}

    /**
     * The bytes of a model.
     *
     * @param metadata what the model says about itself
     */
    public static byte[] write(ActionNetwork network, Normalisation normalisation, Map<String, String> metadata) {
        return new OnnxWriter().model(network, normalisation, metadata);
    }

    private byte[] model(ActionNetwork network, Normalisation normalisation, Map<String, String> metadata) {
        int inputs = network.mlp().inputs();
        graph.addInput(value(INPUT, TensorProto.DataType.FLOAT, inputs));
        normalise(normalisation);
        String outputs = layers(network);
        if (network.meaning() == ActionNetwork.Meaning.LOGITS) {
            node("Identity", List.of(outputs), LOGITS);
            graph.addOutput(value(LOGITS, TensorProto.DataType.FLOAT, network.actionCount()));
            choose(LOGITS);
        } else {
            quantiles(outputs, network);
            choose(VALUES);
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("qwop-maven-plugin")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph);
        new TreeMap<>(metadata)
                .forEach((name, text) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(name).setValue(text)));
        return model.build().toByteArray();
    }

    private void normalise(Normalisation normalisation) {
        tensor("centres", normalisation.centres(), normalisation.centres().length);
        tensor("half_ranges", normalisation.scales(), normalisation.scales().length);
        tensor("least", new float[] {-normalisation.limit()});
        tensor("most", new float[] {normalisation.limit()});
        node("Sub", List.of(relative(normalisation.references()), "centres"), "centred");
        node("Div", List.of("centred", "half_ranges"), "scaled");
        node("Clip", List.of("scaled", "least", "most"), "normalised");
    }

    /** Takes off each input the one that it refers to; the name of what that gives. */
    private String relative(int[] references) {
        float[] taken = new float[references.length];
        TensorProto.Builder indices = TensorProto.newBuilder()
                .setName("references")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(references.length);
        boolean any = false;
        for (int i = 0; i < references.length; i++) {
            boolean refers = references[i] >= 0;
            taken[i] = refers ? 1 : 0;
            indices.addInt64Data(refers ? references[i] : 0);
            any |= refers;
        }
        if (!any) {
            return INPUT;
        }
        graph.addInitializer(indices);
        tensor("taken", taken, taken.length);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Gather")
                .setName("referred")
                .addInput(INPUT)
                .addInput("references")
                .addOutput("referred")
                .addAttribute(attribute("axis", 1)));
        node("Mul", List.of("referred", "taken"), "offsets");
        node("Sub", List.of(INPUT, "offsets"), "relative");
        return "relative";
    }

    /** Adds all layers; the name of what they give. */
    private String layers(ActionNetwork network) {
        String from = "normalised";
        List<DenseLayer> layers = network.mlp().layers();
        for (int i = 0; i < layers.size(); i++) {
            DenseLayer layer = layers.get(i);
            tensor("weight_" + i, layer.weight(), layer.outputs(), layer.inputs());
            tensor("bias_" + i, layer.bias(), layer.outputs());
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("Gemm")
                    .setName("layer_" + i)
                    .addInput(from)
                    .addInput("weight_" + i)
                    .addInput("bias_" + i)
                    .addOutput("linear_" + i)
                    .addAttribute(attribute("transB", 1)));
            from = "linear_" + i;
            LayerNorm norm = layer.norm();
            if (norm != null) {
                from = norm(from, i, norm);
            }
            if (i < layers.size() - 1) {
                boolean relu = network.mlp().activation() == Activation.RELU;
                node(relu ? "Relu" : "Tanh", List.of(from), "hidden_" + i);
                from = "hidden_" + i;
            }
        }
        return from;
    }

    /** Adds a layer's normalisation; the name of what it gives. */
    private String norm(String from, int layer, LayerNorm norm) {
        int size = norm.scale().length / norm.parts();
        List<String> parts = new ArrayList<>();
        List<String> normalised = new ArrayList<>();
        for (int part = 0; part < norm.parts(); part++) {
            String name = layer + "_" + part;
            parts.add(norm.parts() == 1 ? from : "part_" + name);
            normalised.add("normalised_" + name);
            tensor("scale_" + name, Arrays.copyOfRange(norm.scale(), part * size, (part + 1) * size), size);
            tensor("shift_" + name, Arrays.copyOfRange(norm.shift(), part * size, (part + 1) * size), size);
        }
        if (norm.parts() > 1) {
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("Split")
                    .setName("split_" + layer)
                    .addInput(from)
                    .addAllOutput(parts)
                    .addAttribute(attribute("axis", 1)));
        }
        for (int part = 0; part < norm.parts(); part++) {
            String name = layer + "_" + part;
            graph.addNode(NodeProto.newBuilder()
                    .setOpType("LayerNormalization")
                    .setName(normalised.get(part))
                    .addAllInput(List.of(parts.get(part), "scale_" + name, "shift_" + name))
                    .addOutput(normalised.get(part))
                    .addAttribute(attribute("axis", -1))
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("epsilon")
                            .setType(AttributeProto.AttributeType.FLOAT)
                            .setF(LayerNorm.EPSILON)));
        }
        if (norm.parts() == 1) {
            return normalised.get(0);
        }
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Concat")
                .setName("normalised_" + layer)
                .addAllInput(normalised)
                .addOutput("normalised_" + layer)
                .addAttribute(attribute("axis", 1)));
        return "normalised_" + layer;
    }

    private void quantiles(String outputs, ActionNetwork network) {
        int actions = network.actionCount();
        int count = network.quantiles();
        graph.addInitializer(TensorProto.newBuilder()
                .setName("quantile_shape")
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(3)
                .addInt64Data(-1)
                .addInt64Data(actions)
                .addInt64Data(count));
        node("Reshape", List.of(outputs, "quantile_shape"), QUANTILES);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("ReduceMean")
                .setName(VALUES)
                .addInput(QUANTILES)
                .addOutput(VALUES)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axes")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(2))
                .addAttribute(attribute("keepdims", 0)));
        graph.addOutput(value(VALUES, TensorProto.DataType.FLOAT, actions));
        graph.addOutput(value(QUANTILES, TensorProto.DataType.FLOAT, actions, count));
    }

    private void choose(String from) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("ArgMax")
                .setName(ACTION)
                .addInput(from)
                .addOutput(ACTION)
                .addAttribute(attribute("axis", 1))
                .addAttribute(attribute("keepdims", 0)));
        graph.addOutput(value(ACTION, TensorProto.DataType.INT64));
    }

    private void node(String operator, List<String> inputs, String output) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output));
    }

    private static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private void tensor(String name, float[] values, long... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(bytes.array()));
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        graph.addInitializer(tensor);
    }

    /** An input or output whose first dimension is the batch. */
    private static ValueInfoProto value(String name, TensorProto.DataType type, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (long dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
