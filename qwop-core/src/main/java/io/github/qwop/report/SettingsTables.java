package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static io.github.qwop.report.Html.numbers;
import static io.github.qwop.report.Html.scrolling;
import static j2html.TagCreator.*;

import j2html.tags.DomContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The section on the settings: a table for each group, a column for each run. */
final class SettingsTables {

    private static final String UNSET = "–";

    /** Behind a sign that joins the parts of a name, a list or a schedule. */
    private static final Pattern PART = Pattern.compile("(?<=[,:;/_])");

    private final List<ReportedRun> runs;

    SettingsTables(List<ReportedRun> runs) {
        this.runs = runs;
    }

    DomContent html() {
        Map<String, List<String>> groups = runs.stream()
                .flatMap(run -> run.settings().keySet().stream())
                .distinct()
                .collect(Collectors.groupingBy(
                        name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : "run",
                        LinkedHashMap::new,
                        Collectors.toList()));
        if (groups.isEmpty()) {
            return each(h2("Settings"), note("spec.json is missing or unreadable."));
        }
        return each(
                h2("Settings"),
                iff(runs.size() > 1, note("Bold: the runs differ.")),
                div(attrs(runs.size() > 1 ? ".settings.wide" : ".settings"), each(groups, this::group)));
    }

    private DomContent group(String group, List<String> names) {
        return scrolling(
                tr(th(group), each(runs, run -> numbers(runs.size() > 1 ? run.name() : ""))), each(names, this::row));
    }

    /** A figure stays in one piece; a long text breaks between its parts, and elsewhere only where it must. */
    private static DomContent value(String value) {
        return Double.isNaN(ReportedRun.numeral(value))
                ? td(attrs(".number.words"), each(List.of(PART.split(value)), part -> each(text(part), wbr())))
                : Html.number(value);
    }

    private DomContent row(String name) {
        List<String> values = runs.stream()
                .map(run -> run.settings().getOrDefault(name, ""))
                .map(value -> value.isBlank() ? UNSET : value)
                .toList();
        return tr(th(name.substring(name.indexOf('.') + 1)), each(values, SettingsTables::value))
                .withCondClass(values.stream().distinct().count() > 1, "differs");
    }
}
