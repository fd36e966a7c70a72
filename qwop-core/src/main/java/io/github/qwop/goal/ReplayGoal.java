package io.github.qwop.goal;

import io.github.qwop.env.Recording;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.report.ReplayGif;
import io.github.qwop.report.ReplayPage;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The goal {@code replay}: an episode as an HTML player and as an animated picture, beside its recording. */
final class ReplayGoal implements Goal<ReplayGoal.Spec> {

    private static final String SUFFIX = "\\.qwop$";

    /**
     * The goal's settings.
     *
     * @param runId the run, also its folder's name
     * @param recording the recording's file; null for the run's best episode
     * @param ghost a recording that runs beside it in the player; null for none
     * @param gif what the animated picture shows of a long episode
     */
    public record Spec(
            String runId,
            @Nullable String recording,
            @Nullable String ghost,
            ReplayGif.Part gif) {}

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop", null, null, ReplayGif.Part.BEST);
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException {
        RunDirectory run = call.run(spec.runId());
        Path source = spec.recording() == null ? run.bestRecording() : Path.of(spec.recording());
        Recording recording = RecordingFile.read(run, spec.recording());
        Ghost ghost = GhostFile.read(spec.ghost());
        KeySequence keys = keys(recording, source);
        String name = source.getFileName().toString().replaceFirst(SUFFIX, "");
        Path html = source.resolveSibling(name + ".html");
        Path gif = source.resolveSibling(name + ".gif");
        // No distance: the page counts it, up to the landing, and the recording has the torso's.
        AtomicFile.write(html, ReplayPage.html(spec.runId() + ", " + name, keys, ghost));
        writeGif(keys, spec.gif(), gif);
        String sentence = String.format(
                Locale.ROOT,
                "Replayed %s: the torso at %.2f m in %.1f s of play%s. Pictures: %s and %s.",
                source.getFileName(),
                recording.distance(),
                recording.scoreTime(),
                ghost == null ? "" : ", beside " + ghost.name(),
                html,
                gif);
        return new Outcome(sentence, Map.of("distance", recording.distance(), "seconds", recording.scoreTime()));
    }

    private static KeySequence keys(Recording recording, Path source) {
        try {
            return Replayer.keys(recording);
        } catch (ReplayException e) {
            throw new SettingException("The recording " + source + " cannot be replayed. " + e.getMessage(), e);
        }
    }

    private static void writeGif(KeySequence keys, ReplayGif.Part part, Path file) throws IOException {
        Path temporary = AtomicFile.temporary(file);
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                ReplayGif.write(keys, part, out);
            }
            AtomicFile.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
