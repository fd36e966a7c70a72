package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static j2html.TagCreator.*;

import com.google.gson.JsonObject;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which of an evaluation's episodes went the same on another game, and which did not. */
final class Certification {

    /** Certified episodes that are listed one by one. */
    private static final int MOST_NAMED = 2;

    private Certification() {}

    static DomContent html(JsonObject evaluation) {
        List<JsonObject> equal = new ArrayList<>();
        List<DomContent> fallen = new ArrayList<>();
        for (JsonObject one : ReportedRun.list(evaluation, "certification")) {
            String why = why(one);
            if (why.isEmpty()) {
                equal.add(one);
            } else {
                fallen.add(note("Not certified: the " + ReportedRun.text(one, "recording") + " episode. " + why));
            }
        }
        return each(
                equal.size() > MOST_NAMED ? together(equal) : each(equal, Certification::alone),
                each(fallen, note -> note));
    }

    /** Why an episode is not certified; empty if it is. */
    private static String why(JsonObject one) {
        if (one.get("difference") instanceof JsonObject difference) {
            return String.format(
                    Locale.ROOT,
                    "On the %s it differs from the twin from update %s on, at %s.",
                    ReportedRun.text(one, "game"),
                    Figures.of(ReportedRun.number(difference, "update"), 0, ""),
                    Figures.of(ReportedRun.number(difference, "distance"), 2, "m"));
        }
        return ReportedRun.text(one, "altered");
    }

    private static DomContent together(List<JsonObject> certified) {
        double updates = certified.stream()
                .mapToDouble(one -> ReportedRun.number(one, "updates"))
                .sum();
        return note(String.format(
                Locale.ROOT,
                "Certified: %d episodes, %s updates on the %s.",
                certified.size(),
                Figures.of(updates, 0, ""),
                ReportedRun.text(certified.get(0), "game")));
    }

    private static DomContent alone(JsonObject one) {
        return note(String.format(
                Locale.ROOT,
                "Certified: the %s episode, %s updates on the %s, largest difference %s.",
                ReportedRun.text(one, "recording"),
                Figures.of(ReportedRun.number(one, "updates"), 0, ""),
                ReportedRun.text(one, "game"),
                ReportedRun.text(one, "largestDifference")));
    }
}
