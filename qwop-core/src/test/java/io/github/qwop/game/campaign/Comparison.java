package io.github.qwop.game.campaign;

import io.github.qwop.game.Campaign;
import io.github.qwop.game.Operation;
import io.github.qwop.game.Snapshot;
import io.github.qwop.game.Snapshot.Kind;
import io.github.qwop.game.page.GenuinePage;
import io.github.qwop.game.twin.Event;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.twin.TwinPlayer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What playing pages on the twin and on the genuine script came to. Thread safe. */
final class Comparison {

    private static final int KINDS = Kind.values().length;

    /** A page with the genuine script's hashes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Played(Page page, int[] genuine) {}

    /** The first operation of a page after which some kind of numbers differs. */
    private record Difference(Played played, int operation) {}

    private final Map<Integer, Played> played = new TreeMap<>();
    private final Map<Event, Integer> events = new EnumMap<>(Event.class);
    private final Map<Kind, Difference> first = new EnumMap<>(Kind.class);
    private int episodes;
    private int differentEpisodes;
    private long updates;

    /** Adds a page. */
    synchronized void add(Page page, int[] genuine) {
        if (genuine.length != page.hashes().length) {
            throw new IllegalStateException("The genuine page gave " + genuine.length + " hashes for "
                    + page.operations().size() + " operations.");
        }
        Played both = new Played(page, genuine);
        played.put(page.number(), both);
        page.events().forEach((event, count) -> events.merge(event, count, Integer::sum));
        episodes += page.episodes();
        updates += page.updates();
        boolean differs = false;
        for (int i = 0; i < page.operations().size(); i++) {
            differs &= !page.operations().get(i).startsEpisode();
            for (Kind kind : Kind.values()) {
                int at = KINDS * i + kind.place;
                if (genuine[at] != page.hashes()[at]) {
                    differentEpisodes += differs ? 0 : 1;
                    differs = true;
                    first.merge(kind, new Difference(both, i), Comparison::earlier);
                }
            }
        }
    }

    private static Difference earlier(Difference a, Difference b) {
        return a.played.page.number() <= b.played.page.number() ? a : b;
    }

    synchronized long updates() {
        return updates;
    }

    boolean isEqual() {
        return first.isEmpty();
    }

    /** What was played and met. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("updates " + updates + ", episodes " + episodes + ", pages loaded " + played.size()
                + ", episodes that differ " + differentEpisodes);
        for (Event event : Event.values()) {
            lines.add("  " + events.getOrDefault(event, 0) + " " + event);
        }
        return lines;
    }

    /** Operations with the genuine script's hashes. */
    Campaign campaign(String name) {
        List<Operation> operations = new ArrayList<>();
        played.values().forEach(each -> operations.addAll(each.page.operations()));
        int[] hashes = new int[2 * operations.size()];
        int[] hidden = new int[operations.size()];
        int at = 0;
        for (Played each : played.values()) {
            for (int i = 0; i < each.genuine.length; i += KINDS) {
                hashes[2 * at] = each.genuine[i + Kind.SEEN.place];
                hashes[2 * at + 1] = each.genuine[i + Kind.HURDLE.place];
                hidden[at++] = each.genuine[i + Kind.HIDDEN.place];
            }
        }
        return new Campaign(name, operations, hashes, hidden);
    }

    /** Plays the first difference of each kind again, for its numbers. */
    List<String> differences(GenuinePage genuine) {
        List<String> lines = new ArrayList<>();
        first.forEach((kind, difference) -> {
            Page page = difference.played.page;
            lines.add("first difference in " + kind + ": page " + page.number() + ", "
                    + where(page.operations(), difference.operation));
            lines.add("  " + numbers(genuine, page, difference.operation, kind));
            int hidden = firstHidden(difference);
            if (kind != Kind.HIDDEN && hidden >= 0) {
                lines.add("  what is hidden differs in that episode first at " + where(page.operations(), hidden));
                lines.add("  " + numbers(genuine, page, hidden, Kind.HIDDEN));
            }
        });
        return lines;
    }

    private static String where(List<Operation> operations, int operation) {
        int start = episodeOf(operations, operation);
        long update = operations.subList(start, operation + 1).stream()
                .filter(Operation::isUpdate)
                .count();
        return "operation " + operation + " (" + operations.get(operation) + "), update " + update
                + " of the episode that begins with operation " + start + " (" + operations.get(start) + ")";
    }

    /** The operation with which an operation's episode begins. */
    private static int episodeOf(List<Operation> operations, int operation) {
        int start = operation;
        while (start > 0 && !operations.get(start).startsEpisode()) {
            start--;
        }
        return start;
    }

    /** The first operation in a difference's episode after which something hidden differs, or −1. */
    private static int firstHidden(Difference difference) {
        Page page = difference.played.page;
        int start = episodeOf(page.operations(), difference.operation);
        for (int i = start; i < page.operations().size(); i++) {
            if (i > start && page.operations().get(i).startsEpisode()) {
                return -1;
            }
            int at = KINDS * i + Kind.HIDDEN.place;
            if (difference.played.genuine[at] != page.hashes()[at]) {
                return i;
            }
        }
        return -1;
    }

    private static String numbers(GenuinePage genuine, Page page, int operation, Kind kind) {
        List<Operation> operations = page.operations().subList(0, operation + 1);
        double[] theirs = genuine.numbers(operations, operation);
        double[] ours = new double[Snapshot.LENGTH];
        TwinPlayer player = new TwinPlayer(new Twin());
        operations.forEach(each -> each.perform(player));
        Snapshot.read(player, ours);
        int count = 0;
        double largest = 0;
        String which = "";
        for (int i = kind.from; i < kind.end; i++) {
            if (ours[i] != theirs[i]) {
                which = count++ == 0 ? Snapshot.name(i) + ": twin " + ours[i] + ", genuine " + theirs[i] : which;
                largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
            }
        }
        return count == 0
                ? "played again, nothing differs"
                : which + "; " + count + " of " + (kind.end - kind.from) + " numbers differ, by " + largest
                        + " at most";
    }
}
