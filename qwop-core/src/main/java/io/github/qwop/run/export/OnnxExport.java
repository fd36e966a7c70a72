package io.github.qwop.run.export;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Observation;
import io.github.qwop.file.Fault;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.ExactForward;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.onnx.OnnxException;
import io.github.qwop.model.onnx.OnnxNetwork;
import io.github.qwop.model.onnx.OnnxStartException;
import io.github.qwop.model.onnx.OnnxWriter;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.OnnxMetadata;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The goal {@code export-onnx}: writes a policy's network, and puts the file in place only when it acts the same in
 * ONNX Runtime, or where that does not exist.
 */
public final class OnnxExport {

    /** Largest difference allowed between an output of ONNX Runtime and of our own forward pass. */
    private static final double TOLERANCE = 1e-5;

    private static final double ROUNDINGS = 8;

    private OnnxExport() {}

    /**
     * Exports.
     *
     * @param request a checkpoint, and what is wanted of it
     * @return a sentence on what came of it
     * @throws SettingException if a setting or the policy cannot be used, or the file cannot be written
     */
    public static Outcome run(PolicyRequest<ExportSpec> request, RunListener listener) throws IOException {
        ExportSpec spec = request.spec();
        Path source = request.file();
        Path file = spec.file() == null ? request.run().onnx() : Path.of(spec.file());
        if (TrainedPolicy.isOnnx(source) || !(request.policy() instanceof TrainedPolicy.Learned learned)) {
            throw new SettingException("The policy " + source
                    + " is an ONNX file already: name a checkpoint to export, or remove the setting policy.");
        }
        TrainedPolicy.Learned named = learned.playing(spec.environment());
        Played played = Played.by(named);
        String summary = export(named, played, source, file, listener);
        return Outcome.of(
                spec.observations() == null ? summary : summary + " " + played.write(Path.of(spec.observations())));
    }

    private static OnnxWriter.Normalisation normalisation(Observation form) {
        return new OnnxWriter.Normalisation(form.references(), form.centres(), form.scales(), form.limit());
    }

    private static String export(
            TrainedPolicy.Learned policy, Played played, Path source, Path file, RunListener listener)
            throws IOException {
        byte[] bytes = OnnxWriter.write(
                policy.network(), normalisation(policy.environment().observation()), metadata(policy));
        Path temporary;
        try {
            temporary = AtomicFile.temporary(file);
            Files.write(temporary, bytes);
        } catch (IOException e) {
            throw new SettingException(
                    "The file " + file + " cannot be written (" + Fault.of(e)
                            + "): set exportOnnx.file to a place that can, or make room.",
                    e);
        }
        boolean checked;
        try {
            checked = check(policy, played, temporary, source, listener);
            AtomicFile.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return String.format(
                Locale.ROOT,
                "Exported %s of %s (%,d steps) to %s, %,d bytes%s.",
                source.getFileName(),
                policy.runId(),
                policy.steps(),
                file,
                bytes.length,
                checked ? "" : ", unchecked");
    }

    /** Whether the file could be checked; where ONNX Runtime does not exist, it cannot. */
    private static boolean check(
            TrainedPolicy.Learned policy, Played played, Path written, Path source, RunListener listener) {
        Difference difference;
        try {
            difference = compare(policy, played, written);
        } catch (OnnxStartException e) {
            listener.warn("The exported file is not checked: " + e.getMessage());
            return false;
        }
        listener.info(String.format(
                Locale.ROOT,
                "ONNX Runtime against the learner's network on %d observations of the game: largest difference"
                        + " %.3g, %d actions differ.",
                Played.COUNT,
                difference.largest(),
                difference.actions()));
        if (!(difference.largest() <= difference.limit())) {
            throw new SettingException(String.format(
                    Locale.ROOT,
                    "The exported file's outputs differ from the network's by up to %.3g, more than %.0e: nothing"
                            + " was written; please report this with the checkpoint %s.",
                    difference.largest(),
                    difference.limit(),
                    source));
        }
        return true;
    }

    private static Map<String, String> metadata(TrainedPolicy.Learned policy) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(OnnxMetadata.RUN_ID, policy.runId());
        metadata.put(OnnxMetadata.RULES, Integer.toString(policy.rules()));
        metadata.put(OnnxMetadata.STEPS, Long.toString(policy.steps()));
        metadata.put(OnnxMetadata.SEED, policy.settings().getOrDefault("seed", "unknown"));
        metadata.put(OnnxMetadata.ALGORITHM, policy.settings().getOrDefault("algorithm", "unknown"));
        List<String> names = new ArrayList<>();
        ActionSet set = policy.environment().actionSet();
        for (int i = 0; i < set.size(); i++) {
            names.add(ActionSet.name(set.keys(i)));
        }
        metadata.put(OnnxMetadata.ACTIONS, String.join(",", names));
        Settings.flatten(policy.environment())
                .forEach((name, value) -> metadata.put(OnnxMetadata.ENVIRONMENT + name, value));
        return metadata;
    }

    /**
     * How far the file is from the network.
     *
     * @param largest difference of an output
     * @param actions how many actions differ
     * @param rounding how far the network in floats is from itself in doubles
     */
    private record Difference(double largest, int actions, double rounding) {

        /**
         * What is allowed. Sums of floats depend on their order, and with large weights that alone can be more than the
         * tolerance; then the file may be off by a few times as much as the network itself is.
         */
        double limit() {
            return Math.max(TOLERANCE, ROUNDINGS * rounding);
        }
    }

    private static Difference compare(TrainedPolicy.Learned policy, Played played, Path file) {
        ActionNetwork network = policy.network();
        OnnxNetwork.Result result;
        try (OnnxNetwork onnx = OnnxNetwork.open(file)) {
            result = onnx.run(played.raw(), Played.COUNT);
        } catch (OnnxException e) {
            throw new IllegalStateException("ONNX Runtime cannot run what was exported.", e);
        }
        MlpForward forward = new MlpForward(network.mlp());
        double largest = 0;
        double rounding = 0;
        int different = 0;
        int width = network.mlp().outputs();
        for (int i = 0; i < Played.COUNT; i++) {
            float[] outputs = forward.run(played.normalised(), i * played.size());
            double[] exact = ExactForward.run(network.mlp(), played.normalised(), i * played.size());
            for (int k = 0; k < width; k++) {
                // Values have no unit of their own: large ones are compared by their leading digits.
                double size = Math.max(1, Math.abs(outputs[k]));
                largest = Math.max(largest, Math.abs(outputs[k] - result.outputs()[i * width + k]) / size);
                rounding = Math.max(rounding, Math.abs(outputs[k] - exact[k]) / size);
            }
            different += played.actions()[i] == result.actions()[i] ? 0 : 1;
        }
        return new Difference(largest, different, rounding);
    }
}
