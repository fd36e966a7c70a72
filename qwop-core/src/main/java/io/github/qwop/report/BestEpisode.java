package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static j2html.TagCreator.*;

import io.github.qwop.env.Recording;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.settings.SettingException;
import j2html.tags.DomContent;
import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The section on the best episode: its gait, its keys, and a player. */
final class BestEpisode {

    private BestEpisode() {}

    static DomContent html(ReportedRun run, @Nullable Ghost ghost) {
        return each(h2("Best episode"), content(run, ghost));
    }

    private static DomContent content(ReportedRun run, @Nullable Ghost ghost) {
        if (!Files.isRegularFile(run.directory().bestRecording())) {
            return note("No recording lies in the run's folder: run qwop:evaluate, and its best episode is drawn"
                    + " and played here.");
        }
        Recording recording;
        KeySequence keys;
        try {
            recording = RecordingFile.read(run.directory(), null);
            keys = Replayer.keys(recording);
        } catch (SettingException | ReplayException e) {
            return note("The best episode cannot be shown. " + e.getMessage());
        }
        Gait gait = new Gait(keys);
        if (gait.isEmpty()) {
            return note("The best episode ended before its first update.");
        }
        String title = String.format(Locale.ROOT, "%s, best: %.1f m", run.name(), recording.distance());
        return each(
                p(String.format(
                        Locale.ROOT,
                        "%.2f m in %.1f s of play, %.2f m/s%s.",
                        recording.distance(),
                        recording.scoreTime(),
                        recording.distance() / recording.scoreTime(),
                        recording.finished() ? ", finished" : "")),
                h3("Gait"),
                note("The runner every " + gait.stride() + " updates, where it was on the track; "
                        + "above, seconds of play. The far arm and leg are faint."),
                strip("Gait of the whole episode", gait.strip()),
                note(gait.closeCaption()),
                strip("Gait of the fastest two seconds", gait.close()),
                h3("Keys"),
                note("Coloured: the key is held."),
                strip("Keys held over the episode", gait.timeline()),
                h3("Replay"),
                ghost == null ? each() : note("Beside it runs a ghost: " + ghost.name() + "."),
                iframe().withTitle("Replay of the best episode")
                        .attr("sandbox", "allow-scripts")
                        .withSrcdoc(ReplayPage.html(title, keys, ghost, false)));
    }

    /** A picture wider than a phone; the keyboard can scroll it. */
    private static DomContent strip(String label, String svg) {
        return div(attrs(".scroll"), rawHtml(svg))
                .withTabindex(0)
                .attr("role", "region")
                .attr("aria-label", label);
    }
}
