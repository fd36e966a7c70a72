package io.github.qwop.run.training;

import io.github.qwop.learn.Learner;
import io.github.qwop.learn.StateWriter;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.policy.TrainedPolicy;
import java.io.IOException;
import java.nio.file.Path;

/** Keeps and writes a training's network: what one can evaluate, export, roll back to, or start from. */
record Networks(RunSpec spec, Learner learner) {

    /** The network as it is now. */
    MemoryState now() throws IOException {
        MemoryState state = new MemoryState();
        learner.saveNetwork(state.writer());
        writePolicy(state.writer());
        return state;
    }

    /** Writes the section that policies are read from. */
    void writePolicy(StateWriter writer) throws IOException {
        new ActionNetwork(
                        learner.network(),
                        spec.environment().actionCount(),
                        spec.learner().outputs())
                .write(writer.section(TrainedPolicy.SECTION));
    }

    /**
     * Writes a file of a network alone.
     *
     * @param steps at which it was so
     */
    void write(Path file, MemoryState network, long steps) throws IOException {
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            network.copyTo(writer);
            writer.finish(spec.runId(), steps, spec.settings());
        }
    }
}
