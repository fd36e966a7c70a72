package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static j2html.TagCreator.*;

import com.google.gson.JsonObject;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When, by what and where that which is reported on was made. */
final class Made {

    private Made() {}

    /** A sentence for each goal that says so. */
    static List<String> of(ReportedRun run) {
        List<String> made = new ArrayList<>();
        if (run.provenance() != null) {
            made.add(sentence("Trained", "training", run.provenance()));
        }
        add(made, "Evaluated", "evaluation", run.evaluation());
        add(made, "Searched", "search", run.search());
        return made;
    }

    private static void add(List<String> made, String what, String goal, @Nullable JsonObject document) {
        if (document != null && document.get("provenance") instanceof JsonObject provenance) {
            made.add(sentence(what, goal, provenance));
        }
    }

    private static String sentence(String what, String goal, JsonObject provenance) {
        return what + " "
                + ReportedRun.text(provenance, "date").replace('T', ' ').replace("Z", " UTC") + " by version "
                + ReportedRun.text(provenance, "version") + " on " + ReportedRun.text(provenance, "machine") + ", JDK "
                + ReportedRun.text(provenance, "jdk") + "; digest of the " + goal + "'s settings: "
                + ReportedRun.text(provenance, "settings") + ".";
    }

    static DomContent html(List<ReportedRun> runs) {
        return each(
                runs,
                run -> each(of(run), sentence -> note(runs.size() > 1 ? run.name() + ": " + sentence : sentence)));
    }
}
