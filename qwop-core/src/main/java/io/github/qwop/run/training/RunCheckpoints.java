package io.github.qwop.run.training;

import io.github.qwop.game.Rules;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.Section;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.checkpoint.Manifest;
import io.github.qwop.run.checkpoint.UnknownFormatException;
import io.github.qwop.run.settings.SettingException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a training's checkpoints, thins the old ones, and goes on from the newest that is whole. */
final class RunCheckpoints {

    /** What only a checkpoint has from which a training can go on. */
    private static final String RUN_SECTION = "run";

    /** What came of trying to go on. */
    enum Resumed {
        /** There is nothing to go on from. */
        NOTHING_THERE,
        /** What there is cannot be read. */
        NOTHING_READABLE,
        /** The learner and all else is where it was. */
        RESUMED
    }

    private final RunSpec spec;
    private final RunDirectory run;
    private final Learner learner;
    private final Networks networks;
    private final Validation validation;
    private final RunListener listener;
    private final List<Section> sections;

    /** Files of which it has been told that they are damaged: every checkpoint comes by them again. */
    private final Set<Path> told = new HashSet<>();

    /** Checkpoints of a training whose state is in these. */
    RunCheckpoints(
            RunSpec spec,
            RunDirectory run,
            Learner learner,
            Networks networks,
            EpisodeWindow window,
            LearnerWindow figures,
            Validation validation,
            RunListener listener) {
        this.spec = spec;
        this.run = run;
        this.learner = learner;
        this.networks = networks;
        this.validation = validation;
        this.listener = listener;
        sections = List.of(
                Section.of(
                        RUN_SECTION,
                        out -> {
                            window.save(out);
                            figures.save(out);
                            validation.save(out);
                        },
                        in -> {
                            window.restore(in);
                            figures.restore(in);
                            validation.restore(in);
                        }),
                Section.optional("guard", () -> true, validation::saveSignals, validation::restoreSignals),
                Section.optional(
                        "finish",
                        () -> true,
                        out -> {
                            window.saveFinished(out);
                            validation.saveFinish(out);
                        },
                        in -> {
                            window.restoreFinished(in);
                            validation.restoreFinish(in);
                        }));
    }

    /** Writes a checkpoint of now. */
    void write() throws IOException {
        try (CheckpointWriter writer = new CheckpointWriter(run.checkpoint(learner.steps()))) {
            learner.save(writer);
            networks.writePolicy(writer);
            Section.saveAll(sections, writer);
            validation.saveBest(writer);
            writer.finish(spec.runId(), learner.steps(), spec.settings());
        }
        List<Path> files = run.checkpointFiles();
        // Those of later steps were damaged, or the training would have gone on from them: they do not count.
        files = files.subList(files.indexOf(run.checkpoint(learner.steps())), files.size());
        int keep = spec.keepCheckpoints() == 0 ? files.size() : spec.keepCheckpoints();
        for (Path old : files.subList(Math.min(keep, files.size()), files.size())) {
            thin(old);
        }
    }

    /**
     * Leaves of an old checkpoint what one can evaluate, export or start from in full; the replay buffer is most of a
     * file.
     */
    private void thin(Path file) throws IOException {
        MemoryState kept = new MemoryState();
        Manifest manifest;
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            if (!checkpoint.has(RUN_SECTION)) {
                return;
            }
            manifest = checkpoint.manifest();
            Set<String> sections = new LinkedHashSet<>(networks.now().sections());
            if (checkpoint.has(Learner.TARGET)) {
                sections.add(Learner.TARGET);
            }
            for (String section : sections) {
                try (DataInputStream in = checkpoint.section(section)) {
                    kept.writer().section(section).write(in.readAllBytes());
                }
            }
        } catch (CheckpointException e) {
            if (told.add(file)) {
                listener.warn(String.valueOf(e.getMessage()));
            }
            return;
        }
        // Closed before: not every system lets an open file be replaced.
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            kept.copyTo(writer);
            writer.finish(manifest.runId(), manifest.steps(), manifest.rules(), manifest.settings());
        }
    }

    /**
     * Goes on from the newest checkpoint that is whole.
     *
     * @throws SettingException if one is of a format that only a later version reads
     */
    Resumed resume() throws IOException {
        List<Path> files = run.checkpointFiles();
        boolean damaged = false;
        for (Path file : files) {
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                if (!checkpoint.has(RUN_SECTION)) {
                    // Thinned to the network. Whole ones lie before it if the training had to begin anew.
                    continue;
                }
                if (checkpoint.manifest().rules() != Rules.VERSION) {
                    throw new CheckpointException("The checkpoint " + file + " was trained under version "
                            + checkpoint.manifest().rules() + " of the game's rules, and the twin plays version "
                            + Rules.VERSION + ": no training goes on from it; name it as modelLoadFile of a new run.");
                }
                restore(file, checkpoint);
                listener.info(String.format(
                        Locale.ROOT, "Going on from %s at %,d steps.", file.getFileName(), learner.steps()));
                return Resumed.RESUMED;
            } catch (UnknownFormatException e) {
                // It may be whole: nothing here may take its place.
                throw new SettingException(e.getMessage() + " Or give this training another runId.", e);
            } catch (CheckpointException e) {
                damaged = true;
                told.add(file);
                boolean last = file.equals(files.get(files.size() - 1));
                listener.warn(e.getMessage() + (last ? "" : " Trying the one before."));
            }
        }
        return damaged ? Resumed.NOTHING_READABLE : Resumed.NOTHING_THERE;
    }

    /** What is whole and still does not fit must not be passed over: the learner is half restored then. */
    private void restore(Path file, Checkpoint checkpoint) throws IOException {
        try {
            learner.restore(checkpoint);
            Section.restoreAll(sections, checkpoint);
            validation.restoreBest(checkpoint);
        } catch (FileSystemException e) {
            // What goes wrong here is the writing of what stood then.
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new SettingException(
                    "The checkpoint " + file + " is whole, but no checkpoint of this training ("
                            + CheckpointException.reason(e)
                            + "): move it out of the folder, or give this training another runId.",
                    e);
        }
    }
}
