package io.github.qwop.run.training;

import io.github.qwop.run.Extension;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Shapers;
import io.github.qwop.run.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checksums of what a training starts from besides its settings, so that a new stage 1, new recordings, or a changed
 * class are noticed.
 */
final class RunInputs {

    private RunInputs() {}

    /** The checksums, by the setting that names what was summed. Listeners are not among it: they change nothing. */
    static Map<String, String> of(RunSpec spec) throws IOException {
        Map<String, String> inputs = new LinkedHashMap<>();
        String shapers = spec.rewardShaper();
        if (shapers != null) {
            Shapers.digest(shapers).ifPresent(digest -> inputs.put("rewardShaper", digest));
        }
        String game = spec.gameClass();
        if (game != null) {
            Extension.digest(game).ifPresent(digest -> inputs.put("gameClass", digest));
        }
        String file = spec.modelLoadFile();
        if (file != null && Files.isRegularFile(Path.of(file))) {
            inputs.put("modelLoadFile", Checkpoint.networkDigest(Path.of(file)));
        }
        boolean present = spec.demonstrations().stream().map(Path::of).allMatch(Files::exists);
        if (present && !spec.demonstrations().isEmpty()) {
            StringBuilder digests = new StringBuilder();
            for (Path recording : DemonstrationFiles.find(spec.demonstrations())) {
                digests.append(Checkpoint.fileDigest(recording));
            }
            inputs.put("demonstrations", Checkpoint.digest(digests.toString()));
        }
        return inputs;
    }
}
