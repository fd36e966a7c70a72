package io.github.qwop.report;

import static j2html.TagCreator.*;

import io.github.qwop.game.web.Ghost;
import io.github.qwop.report.chart.Series;
import io.github.qwop.run.settings.SettingException;
import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report on a run: what its folder holds, as one page for any browser, without a network. What is missing or
 * damaged there is said to be so.
 */
public final class RunReport implements Report {

    private final List<ReportedRun> runs;
    private final ReportedRun run;
    private final @Nullable Ghost ghost;

    private RunReport(List<ReportedRun> runs, @Nullable Ghost ghost) {
        this.runs = runs;
        this.ghost = ghost;
        run = runs.get(0);
    }

    /**
     * Reads what a report needs.
     *
     * @param folder the run's folder
     * @param compared folders of runs to show in the same charts
     * @throws SettingException if no run lies in one of the folders, or they are too many
     */
    public static RunReport read(Path folder, List<Path> compared) throws IOException {
        return read(folder, compared, null);
    }

    /**
     * Reads what a report needs.
     *
     * @param folder the run's folder
     * @param compared folders of runs to show in the same charts
     * @param ghost who runs beside the best episode in its player
     * @throws SettingException if no run lies in one of the folders, or they are too many
     */
    public static RunReport read(Path folder, List<Path> compared, @Nullable Ghost ghost) throws IOException {
        if (compared.size() >= Series.COLOURS) {
            throw new SettingException("compare names " + compared.size() + " runs: give at most "
                    + (Series.COLOURS - 1) + ", more cannot be told apart in a chart.");
        }
        List<Path> folders = Stream.concat(Stream.of(folder), compared.stream())
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
        List<ReportedRun> runs = new ArrayList<>();
        for (Path one : folders) {
            runs.add(ReportedRun.read(name(one, folders), one));
        }
        return new RunReport(List.copyOf(runs), ghost);
    }

    /** A folder's name, with as many of its parents' before it as tell it from the others. */
    private static String name(Path folder, List<Path> all) {
        int names = folder.getNameCount();
        for (int length = 1; length <= names; length++) {
            Path name = folder.subpath(names - length, names);
            if (all.stream().allMatch(other -> other.equals(folder) || !other.endsWith(name))) {
                return name.toString().replace('\\', '/');
            }
        }
        return folder.toString();
    }

    @Override
    public String name() {
        return run.name();
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (ReportedRun one : runs) {
            one.leftOut().forEach(what -> remarks.add("Left out of " + one.name() + ": " + what));
        }
        if (ghost != null && !BestEpisode.isShown(run)) {
            remarks.add(BestEpisode.ghost(run, ghost));
        }
        return remarks;
    }

    @Override
    public String markdown() {
        return Markdown.of(runs);
    }

    @Override
    public String title() {
        String others =
                String.join(", ", runs.stream().skip(1).map(ReportedRun::name).toList());
        return "QWOP run " + run.name() + (others.isEmpty() ? "" : " beside " + others);
    }

    @Override
    public String content() {
        return Html.text(sections());
    }

    private DomContent sections() {
        boolean trained = runs.stream().anyMatch(ReportedRun::isTrained);
        return each(
                Made.html(runs),
                Verdict.html(runs),
                Tiles.html(runs),
                each(runs, one -> each(one.leftOut(), what -> Html.note("Left out of " + one.name() + ": " + what))),
                BestEpisode.replay(run, ghost),
                SplitTimes.html(runs),
                SearchPicture.html(runs),
                trained ? each(new Curves(runs).html(), Guard.html(runs)) : each(),
                Evaluation.html(runs),
                SensitivityPicture.html(runs),
                BestEpisode.gaits(runs),
                trained ? new SettingsTables(runs).html() : each());
    }
}
