package io.github.qwop.model.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.qwop.file.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An exported network in ONNX Runtime, through DJL's engine. Asks no network address and needs no PyTorch: unless they
 * are set already, the system properties {@code ai.djl.onnx.disable_alternative} and {@code OPT_OUT_TRACKING} become
 * true with this class. Not thread safe.
 */
public final class OnnxNetwork implements AutoCloseable {

    private static final String ENGINE = "OnnxRuntime";

    /** A policy for this game has a few. */
    private static final int MOST_BYTES = 1 << 26;

    static {
        // DJL looks for PyTorch, for operations that ONNX Runtime lacks, and downloads it where it is not: none of them
        // is needed here.
        setUnlessSet("ai.djl.onnx.disable_alternative");
        // When it starts, DJL tells its makers which engine it has, if it finds itself on one of their cloud's
        // machines.
        setUnlessSet("OPT_OUT_TRACKING");
    }

    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final NDManager manager;
    private final Map<String, String> metadata;
    private final List<String> outputs;
    private final int inputSize;
    private final int actionCount;

    private OnnxNetwork(Path file, ModelProto proto) throws OnnxException {
        metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : proto.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        outputs = proto.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        for (TensorProto tensor : proto.getGraph().getInitializerList()) {
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                throw new OnnxException("its tensor " + tensor.getName() + " lies in another file");
            }
        }
        for (String name : List.of(
                OnnxWriter.ACTION, outputs.contains(OnnxWriter.LOGITS) ? OnnxWriter.LOGITS : OnnxWriter.QUANTILES)) {
            if (!outputs.contains(name)) {
                throw new OnnxException("it has no output " + name + " among " + outputs);
            }
        }
        inputSize = width(proto.getGraph().getInputList(), OnnxWriter.INPUT);
        actionCount = width(
                proto.getGraph().getOutputList(),
                outputs.contains(OnnxWriter.LOGITS) ? OnnxWriter.LOGITS : OnnxWriter.VALUES);
        model = start();
        try {
            model.load(file);
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new OnnxException("ONNX Runtime refuses it (" + e.getMessage() + ")", e);
        }
        manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
        predictor = model.newPredictor(new NoopTranslator());
    }

    private static Model start() {
        try {
            return Model.newInstance("policy", Device.cpu(), ENGINE);
        } catch (LinkageError | EngineException | IllegalArgumentException e) {
            // DJL starts ONNX Runtime in a static initialiser; the last it throws where its engine is left out.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new OnnxStartException(
                    "ONNX Runtime does not start through DJL (" + cause.getMessage()
                            + "): take a system that it has a native library for, see that this can be unpacked into"
                            + " the temporary folder and loaded from there (-Djava.io.tmpdir=<folder> names another"
                            + " one, for a goal in qwop.fork.jvmArgs), and open the first policy before your program uses ONNX Runtime in another way.",
                    e);
        }
    }

    private static void setUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }

    private static int width(List<ValueInfoProto> values, String name) throws OnnxException {
        for (ValueInfoProto value : values) {
            TensorShapeProto shape = value.getType().getTensorType().getShape();
            if (value.getName().equals(name) && shape.getDimCount() == 2) {
                return (int) shape.getDim(1).getDimValue();
            }
        }
        throw new OnnxException("it has no tensor " + name + " of the form [batch × n]");
    }

    /**
     * Opens a file that {@link OnnxWriter} wrote.
     *
     * @throws OnnxException if it is no such file, or ONNX Runtime refuses it
     * @throws OnnxStartException if ONNX Runtime does not start
     */
    public static OnnxNetwork open(Path file) throws OnnxException {
        try {
            return new OnnxNetwork(file.toAbsolutePath(), ModelProto.parseFrom(InputFile.bytes(file, MOST_BYTES)));
        } catch (IOException e) {
            throw new OnnxException("it is no ONNX model (" + e.getMessage() + ")", e);
        }
    }

    /** What the file says about itself. */
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    /** Values per observation. */
    public int inputSize() {
        return inputSize;
    }

    /** Number of actions. */
    public int actionCount() {
        return actionCount;
    }

    /**
     * What the network gives for a batch.
     *
     * @param actions greedy actions, [batch]
     * @param outputs all quantiles or logits, [batch × outputs], row by row
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Result(int[] actions, float[] outputs) {}

    /**
     * Runs the network.
     *
     * @param observations raw values, [batch × {@link #inputSize}]
     */
    public Result run(float[] observations, int batch) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray input = scope.create(observations, new Shape(batch, inputSize));
            input.setName(OnnxWriter.INPUT);
            NDList given = predictor.predict(new NDList(input));
            given.attach(scope);
            int[] actions = Arrays.stream(output(given, OnnxWriter.ACTION).toLongArray())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            String values = outputs.contains(OnnxWriter.LOGITS) ? OnnxWriter.LOGITS : OnnxWriter.QUANTILES;
            return new Result(actions, output(given, values).toFloatArray());
        } catch (TranslateException e) {
            throw new IllegalStateException("ONNX Runtime failed on a batch of " + batch + ".", e);
        }
    }

    private NDArray output(NDList given, String name) {
        return given.get(outputs.indexOf(name));
    }

    @Override
    public void close() {
        predictor.close();
        manager.close();
        model.close();
    }
}
