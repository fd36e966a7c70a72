package io.github.qwop.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The links of Markdown pages. Addresses elsewhere are not followed: a build must not depend on other people's servers.
 */
final class Links {

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)|(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?)\\s*$");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    private Links() {}

    /** Where a page's links and pictures lead, code left aside. */
    static List<String> targets(String text) {
        String prose = CODE.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("");
        List<String> targets = new ArrayList<>();
        Matcher link = LINK.matcher(prose);
        while (link.find()) {
            targets.add(link.group(1) == null ? link.group(2) : link.group(1));
        }
        return targets;
    }

    /** The anchors of a page: explicit ones, and those that Doxia makes of headings. */
    static Set<String> anchors(String text) {
        String outside = FENCE.matcher(text).replaceAll("");
        Set<String> anchors = new HashSet<>();
        Matcher id = ID.matcher(outside);
        while (id.find()) {
            anchors.add(id.group(1));
        }
        Matcher heading = HEADING.matcher(outside);
        while (heading.find()) {
            anchors.add(anchor(heading.group(1).replace("`", "")));
        }
        return anchors;
    }

    private static String anchor(String heading) {
        StringBuilder anchor = new StringBuilder();
        for (int i = 0; i < heading.length(); i++) {
            char c = heading.charAt(i);
            if (c == ' ') {
                anchor.append('_');
            } else if (c < 128 && (Character.isLetterOrDigit(c) || "-_:.".indexOf(c) >= 0)) {
                anchor.append(c);
            } else {
                anchor.append('.').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            }
        }
        return anchor.toString();
    }

    /**
     * Links that lead nowhere, as {@code page: target}.
     *
     * @param pages texts by file name, such as {@code index.md}
     * @param other whether a target that is no page exists
     */
    static List<String> broken(Map<String, String> pages, Predicate<String> other) {
        List<String> broken = new ArrayList<>();
        pages.forEach((page, text) -> {
            for (String target : targets(text)) {
                if (!leads(page, target, pages, other)) {
                    broken.add(page + ": " + target);
                }
            }
        });
        return broken;
    }

    private static boolean leads(String page, String target, Map<String, String> pages, Predicate<String> other) {
        if (ELSEWHERE.matcher(target).matches()) {
            return true;
        }
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        String named = file.isEmpty() ? page : file.replaceFirst("\\.html$", ".md");
        String text = pages.get(named);
        if (text == null) {
            return other.test(file);
        }
        return hash < 0 || anchors(text).contains(target.substring(hash + 1));
    }
}
