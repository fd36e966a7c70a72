package io.github.qwop.report;

import static j2html.TagCreator.*;

import io.github.qwop.report.chart.Svg;
import java.util.List;

/** A report as it can be written: one file for any browser, without a network; a part of a page; Markdown. */
public sealed interface Report permits RunReport, StudyReport {

    /** Name of what is reported on. */
    String name();

    /** Its title. */
    String title();

    /** All but its title and the page around it, as HTML. */
    String content();

    /** The verdict and the figures as Markdown, for a CI service's page or a comment. */
    String markdown();

    /** What whoever asked for the report should know of it besides, a sentence each. */
    default List<String> remarks() {
        return List.of();
    }

    /** The report as a self-contained HTML file, light or dark as its reader's system is. */
    default String page() {
        return page(title(), ReplayPage.resource("report.js"), content());
    }

    /** The same for a server that has it anew at any time: it asks for that, and shows what is new. */
    default String livePage() {
        return page(title(), ReplayPage.resource("report.js") + ReplayPage.resource("follow.js"), content());
    }

    /** Any page in a report's clothes. */
    static String page(String title, String script, String content) {
        return ReplayPage.resource("report.html")
                .replace("@title@", Svg.escape(title))
                .replace("@style@", ReplayPage.resource("report.css"))
                .replace("@script@", script)
                .replace("@report@", Html.text(main(attrs(".qwop-report"), h1(title), rawHtml(content))));
    }

    /** The report as a part of another page, which is light. */
    default String fragment() {
        return Html.text(each(
                style(rawHtml(ReplayPage.resource("report.css"))),
                div(attrs(".qwop-report"), h1(title()), rawHtml(content())).withData("theme", "light"),
                script(rawHtml(ReplayPage.resource("report.js")))));
    }
}
