package io.github.qwop.report;

import static io.github.qwop.report.Html.name;
import static io.github.qwop.report.Html.note;
import static j2html.TagCreator.*;

import io.github.qwop.env.Recording;
import io.github.qwop.game.web.Ghost;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sections on the best episodes: a player near the report's top, and gait and keys farther down. */
final class BestEpisode {

    private BestEpisode() {}

    /**
     * The players.
     *
     * @param ghost who runs beside each; null for nobody
     */
    static DomContent replay(ReportedRun run, @Nullable Ghost ghost) {
        return div(
                attrs(".replay"),
                h2("Replay"),
                iff(
                        run.best().isEmpty(),
                        note("No recording lies in the run's folder: run qwop:evaluate, and its best episode is drawn"
                                + " and played here.")),
                ghost == null ? each() : note(ghost(run, ghost)),
                each(run.best(), best -> replay(run, best, ghost)));
    }

    /** A sentence on who runs beside the best episode, or why nobody does. */
    static String ghost(ReportedRun run, Ghost ghost) {
        return isShown(run)
                ? "Beside the runner runs a ghost: " + ghost.name() + "."
                : "The ghost, " + ghost.name() + ", runs beside nobody, because the run has no episode to show: run"
                        + " qwop:evaluate or qwop:search first.";
    }

    /** Whether there is a player. */
    static boolean isShown(ReportedRun run) {
        return run.best().stream().anyMatch(best -> best.problem().isEmpty());
    }

    private static DomContent replay(ReportedRun run, Best best, @Nullable Ghost ghost) {
        Best.Played played = best.played();
        if (played == null || played.track().isEmpty()) {
            return note("The " + lower(best) + " cannot be shown. " + best.problem());
        }
        // No distance: the page counts it, up to the landing, and what is told above it is the torso's.
        String title = run.name() + ", " + lower(best);
        return each(
                p(b(best.what() + ": "), text(sentence(played.recording()))),
                iframe().withTitle("Replay: " + lower(best))
                        .attr("sandbox", "allow-scripts")
                        .withSrcdoc(ReplayPage.html(title, played.keys(), ghost, false)));
    }

    private static String lower(Best best) {
        return best.what().substring(0, 1).toLowerCase(Locale.ROOT)
                + best.what().substring(1);
    }

    private static String sentence(Recording recording) {
        return String.format(
                Locale.ROOT,
                "the torso at %.2f m in %.2f s of play, %.2f m/s%s.",
                recording.distance(),
                recording.scoreTime(),
                recording.distance() / recording.scoreTime(),
                recording.finished() ? ", finished" : "");
    }

    /** Gait and keys of all runs. */
    static DomContent gaits(List<ReportedRun> runs) {
        return each(
                runs,
                run -> each(run.best().stream()
                        .filter(best -> best.problem().isEmpty())
                        .map(best -> gait(runs, run, best))));
    }

    private static DomContent gait(List<ReportedRun> runs, ReportedRun run, Best best) {
        Best.Played played = best.played();
        if (played == null) {
            return each();
        }
        Gait gait = new Gait(played.keys());
        return each(
                h2(best.what() + ": gait"),
                name(runs, run),
                iff(runs.size() > 1, p(sentence(played.recording()))),
                note("The runner every " + gait.stride() + " updates, where it was on the track, left out where it"
                        + " has hardly moved; above, seconds of play. The far arm and leg are faint."),
                strip("Gait of the whole episode", gait.strip()).withClasses("scroll", "long"),
                div(attrs(".rows"), each(gait.rows(), row -> rawHtml(row))),
                note(gait.closeCaption()),
                strip("Gait of the fastest two seconds", gait.close()),
                h3("Keys"),
                note("Coloured: the key is held."),
                strip("Keys held over the episode", gait.timeline()).withClasses("scroll", "long"),
                div(attrs(".rows"), each(gait.timelineRows(), row -> rawHtml(row))));
    }

    /** A picture wider than a phone; the keyboard can scroll it. */
    private static DivTag strip(String label, String svg) {
        return div(attrs(".scroll"), rawHtml(svg))
                .withTabindex(0)
                .attr("role", "region")
                .attr("aria-label", label);
    }
}
