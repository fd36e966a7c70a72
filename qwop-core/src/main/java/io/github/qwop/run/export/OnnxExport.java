package io.github.qwop.run.export;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Observations;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.onnx.OnnxException;
import io.github.qwop.model.onnx.OnnxNetwork;
import io.github.qwop.model.onnx.OnnxWriter;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.OnnxMetadata;
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

/** The goal {@code export-onnx}: writes a policy's network, and puts the file in place only when it acts the same. */
public final class OnnxExport {

    /** Largest difference allowed between an output of ONNX Runtime and of our own forward pass. */
    private static final double TOLERANCE = 1e-5;

    private OnnxExport() {}

    /**
     * Exports.
     *
     * @param directory where runs lie
     * @param settings by dotted name: those of {@link ExportSpec}
     * @return a sentence on what came of it
     * @throws SettingException if a setting or the policy cannot be used, or the file cannot be written
     */
    public static String run(Path directory, Map<String, String> settings, RunListener listener) throws IOException {
        ExportSpec spec = Settings.bind(new ExportSpec("qwop", null, null, null), settings);
        RunDirectory run = new RunDirectory(directory.resolve(spec.runId()));
        Path source = spec.policy() == null ? run.best() : Path.of(spec.policy());
        Path file = spec.file() == null ? run.onnx() : Path.of(spec.file());
        try (TrainedPolicy policy = TrainedPolicy.open(source)) {
            if (!(policy instanceof TrainedPolicy.Learned learned)) {
                throw new SettingException("The policy " + source
                        + " is an ONNX file already: name a checkpoint to export, or remove the setting policy.");
            }
            Played played = Played.by(learned);
            String summary = export(learned, played, source, file, listener);
            return spec.observations() == null ? summary : summary + " " + played.write(Path.of(spec.observations()));
        }
    }

    private static String export(
            TrainedPolicy.Learned policy, Played played, Path source, Path file, RunListener listener)
            throws IOException {
        byte[] bytes =
                OnnxWriter.write(policy.network(), Observations.centres(), Observations.halfRanges(), metadata(policy));
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(temporary, bytes);
        } catch (IOException e) {
            throw new SettingException(
                    "The file " + file + " cannot be written (" + e
                            + "): set exportOnnx.file to a place that can, or make room.",
                    e);
        }
        try {
            Difference difference = compare(policy, played, temporary);
            listener.info(String.format(
                    Locale.ROOT,
                    "ONNX Runtime against the learner's network on %d observations of the game: largest difference"
                            + " %.3g, %d actions differ.",
                    Played.COUNT,
                    difference.largest(),
                    difference.actions()));
            if (!(difference.largest() <= TOLERANCE)) {
                throw new SettingException(String.format(
                        Locale.ROOT,
                        "The exported file's outputs differ from the network's by up to %.3g, more than %.0e: nothing"
                                + " was written; please report this with the checkpoint %s.",
                        difference.largest(),
                        TOLERANCE,
                        source));
            }
            AtomicFile.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return String.format(
                Locale.ROOT,
                "Exported %s of %s (%,d steps) to %s, %,d bytes.",
                source.getFileName(),
                policy.runId(),
                policy.steps(),
                file,
                bytes.length);
    }

    private static Map<String, String> metadata(TrainedPolicy.Learned policy) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(OnnxMetadata.RUN_ID, policy.runId());
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

    /** How far the file is from the network. */
    private record Difference(double largest, int actions) {}

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
        int different = 0;
        int width = network.mlp().outputs();
        for (int i = 0; i < Played.COUNT; i++) {
            float[] outputs = forward.run(played.normalised(), i * Observations.SIZE);
            for (int k = 0; k < width; k++) {
                double distance = Math.abs(outputs[k] - result.outputs()[i * width + k]);
                // Values have no unit of their own: large ones are compared by their leading digits.
                largest = Math.max(largest, distance / Math.max(1, Math.abs(outputs[k])));
            }
            different += played.actions()[i] == result.actions()[i] ? 0 : 1;
        }
        return new Difference(largest, different);
    }
}
