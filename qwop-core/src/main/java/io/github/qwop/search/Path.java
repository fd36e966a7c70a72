package io.github.qwop.search;

import org.jspecify.annotations.Nullable;

/**
 * The keys of one update, behind those of all before it. Paths that begin alike share what they have in common; what no
 * state descends from any more is collected as garbage.
 */
final class Path {

    private final @Nullable Path before;
    private final byte keys;

    /** Updates, this one included. */
    private final int length;

    private Path(@Nullable Path before, byte keys) {
        this.before = before;
        this.keys = keys;
        length = length(before) + 1;
    }

    /** A path that goes on. */
    static Path on(@Nullable Path before, int keys) {
        return new Path(before, (byte) keys);
    }

    /** A path that goes on with the same keys for some updates. */
    static @Nullable Path on(@Nullable Path before, int keys, int frames) {
        Path path = before;
        for (int i = 0; i < frames; i++) {
            path = on(path, keys);
        }
        return path;
    }

    private static int length(@Nullable Path path) {
        return path == null ? 0 : path.length;
    }

    /** The keys, from the first update on. */
    static byte[] keys(@Nullable Path path) {
        byte[] keys = new byte[length(path)];
        for (Path at = path; at != null; at = at.before) {
            keys[at.length - 1] = at.keys;
        }
        return keys;
    }

    /** Where a path stood some updates ago. */
    static @Nullable Path ago(@Nullable Path path, int updates) {
        Path at = path;
        for (int i = 0; i < updates && at != null; i++) {
            at = at.before;
        }
        return at;
    }
}
