package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static io.github.qwop.report.Html.number;
import static io.github.qwop.report.Html.numbers;
import static io.github.qwop.report.Html.scrolling;
import static j2html.TagCreator.*;

import j2html.tags.DomContent;
import java.util.List;

/** The section on what the collapse guard saw and did. */
final class Guard {

    private Guard() {}

    static DomContent html(List<ReportedRun> runs) {
        boolean several = runs.size() > 1;
        return each(
                h2("Collapse guard"),
                runs.stream().allMatch(run -> run.events().isEmpty())
                        ? note("It saw no collapse.")
                        : scrolling(
                                tr(iff(several, th("run")), numbers("step"), th("seen"), th("done")),
                                each(
                                        runs,
                                        run -> each(
                                                run.events(),
                                                event -> tr(
                                                        iff(several, td(run.name())),
                                                        number(Figures.of(event.steps(), 0, "")),
                                                        td(event.seen()),
                                                        td(event.done()))))));
    }
}
